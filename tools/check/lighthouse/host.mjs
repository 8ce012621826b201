// Serves a folder as hosts of static sites do: HTTP/2, text compressed. `node host.mjs FOLDER` prints its address, and
// serves until its input ends. Browsers speak HTTP/2 only behind TLS, so it makes itself a certificate, which nobody has signed.
import { readFile } from "node:fs/promises";
import { createSecureServer } from "node:http2";
import { extname, join, normalize } from "node:path";
import { gzipSync } from "node:zlib";
import { generate } from "selfsigned";

const [folder] = process.argv.slice(2);
const TEXTS = { ".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".json": "application/json" };
const OTHERS = { ".svg": "image/svg+xml", ".png": "image/png", ".webp": "image/webp", ".woff2": "font/woff2", ".mp3": "audio/mpeg", ".vtt": "text/vtt" };

async function answer({ url }, reply) {
  const path = join(folder, normalize(decodeURIComponent(new URL(url, "https://host").pathname)));
  const kind = extname(path);
  try {
    const content = await readFile(path);
    const isText = kind in TEXTS;
    reply.writeHead(200, {
      "content-type": TEXTS[kind] ?? OTHERS[kind] ?? "application/octet-stream",
      "cache-control": "max-age=600",
      ...isText && { "content-encoding": "gzip" },
    });
    reply.end(isText ? gzipSync(content, { level: 9 }) : content);
  } catch {
    reply.writeHead(404).end();
  }
}

const { private: key, cert } = await generate([{ name: "commonName", value: "localhost" }]);
const server = createSecureServer({ key, cert }, answer);
server.listen(0, "127.0.0.1", () => console.log(`https://127.0.0.1:${/** @type {any} */ (server.address()).port}/`));
process.stdin.resume().on("end", () => process.exit());
