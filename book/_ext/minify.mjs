// Reads {name: text} as JSON and writes it with each script and style sheet minified.
import { readFileSync } from "node:fs";
import { transform } from "lightningcss";
import { minify } from "terser";

const texts = JSON.parse(readFileSync(0, "utf8"));
for (const [name, text] of Object.entries(texts)) {
  texts[name] = name.endsWith(".css")
    ? transform({ filename: name, code: Buffer.from(text), minify: true }).code.toString()
    : `${(await minify(text, { module: true })).code}\n`;
}
process.stdout.write(JSON.stringify(texts));
