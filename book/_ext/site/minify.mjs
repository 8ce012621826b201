// The minifier of the site. Reads a task as JSON, writes the answer as JSON.
// {text, loader, define, shake}: that script ("js") or style sheet ("css") as a text;
// if shaken, without the functions that nothing calls.
// {entries, given, outdir, define}: modules or style sheets with what they import, as files; of
// each its name, which tells its content, and the names of the files that it needs before.
// The style sheets that are given stand on every page already.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { build, transform } from "esbuild";

const task = JSON.parse(readFileSync(0, "utf8"));
/** @type {import("esbuild").CommonOptions} */
const options = { minify: true, charset: "utf8", define: task.define, logLevel: "error" };

async function minified({ text, loader, shake = false }) {
  /** @type {import("esbuild").TransformOptions} */
  const shaken = shake ? { treeShaking: true, format: "iife" } : {};
  return (await transform(text, { ...options, ...shaken, loader, target: loader === "js" ? "es2022" : undefined, legalComments: "none" })).code;
}

const IMPORT = /^@import "(\.[^"]+)";\n/gm;

/** A style sheet after those that it imports, each once. */
function chain(path, found = new Set()) {
  for (const [, name] of readFileSync(path, "utf8").matchAll(IMPORT)) chain(resolve(path, "..", name), found);
  return found.add(path);
}

/** What esbuild does for scripts only: what several style sheets import is a file of its own. */
async function sheets({ entries, given, outdir }) {
  const left = (entry) => new Set([...chain(resolve(entry))].filter((path) => !given.includes(path)));
  const chains = new Map(entries.map((entry) => [entry, left(entry)]));
  const users = (path) => entries.filter((entry) => chains.get(entry)?.has(path));
  // What all import comes first, and what one imports after what it imports itself.
  const paths = [...new Set([...chains.values()].flatMap((each) => [...each]))].sort((a, b) => users(b).length - users(a).length);
  const parts = [...Map.groupBy(paths, (path) => users(path).join()).values()];
  mkdirSync(outdir, { recursive: true });
  const files = await Promise.all(parts.map(async (part) => {
    const texts = part.map((path) => readFileSync(path, "utf8").replace(IMPORT, ""));
    if (texts.some((text) => text.includes("@import"))) throw new Error(`${part.join()}: a sheet imports files by "./" or "../" only`);
    const text = await minified({ text: texts.join("\n"), loader: "css" });
    if (!text) return { name: "", part };
    const name = `${basename(part[part.length - 1], ".css")}.${createHash("sha256").update(text).digest("hex").slice(0, 10)}.css`;
    writeFileSync(join(outdir, name), text);
    return { name, part };
  }));
  return Object.fromEntries(entries.map((entry) => {
    const names = files.filter(({ part }) => users(part[0]).includes(entry)).flatMap(({ name }) => name || []);
    return [basename(entry), { name: names[names.length - 1], imports: names.slice(0, -1) }];
  }));
}

async function bundled({ entries, outdir }) {
  const { metafile } = await build({
    ...options,
    entryPoints: entries,
    outdir,
    bundle: true,
    splitting: true,
    format: "esm",
    target: "es2022",
    legalComments: "linked", // licences, in files beside the scripts
    loader: { ".py": "text", ".css": "text" },
    entryNames: "[name].[hash]",
    chunkNames: "[name].[hash]",
    metafile: true,
  });
  const { outputs } = /** @type {import("esbuild").Metafile} */ (metafile);
  const needed = (path) => outputs[path].imports
    .filter(({ kind }) => kind === "import-statement")
    .flatMap(({ path: other }) => [...needed(other), other]);
  const wanted = new Set(entries.map((entry) => basename(entry)));
  const about = Object.entries(outputs)
    .filter(([, { entryPoint }]) => entryPoint && wanted.has(basename(entryPoint)))
    .map(([path, { entryPoint }]) => [
      basename(/** @type {string} */ (entryPoint)),
      { name: basename(path), imports: [...new Set(needed(path).map((other) => basename(other)))] },
    ]);
  return Object.fromEntries(about);
}

const parted = task.entries?.every((entry) => entry.endsWith(".css")) ? sheets : bundled;
process.stdout.write(JSON.stringify(await (task.entries ? parted(task) : minified(task))));
