// The minifier of the site. Reads a task as JSON, writes the answer as JSON.
// {text, loader, define, shake}: that script ("js") or style sheet ("css") as a text;
// if shaken, without the functions that nothing calls.
// {entries, outdir, define}: modules with what they import, as files; of each its name,
// which tells its content, and the names of the scripts that it imports.
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { build, transform } from "esbuild";

const task = JSON.parse(readFileSync(0, "utf8"));
/** @type {import("esbuild").CommonOptions} */
const options = { minify: true, charset: "utf8", define: task.define, logLevel: "error" };

async function minified({ text, loader, shake }) {
  /** @type {import("esbuild").TransformOptions} */
  const shaken = shake ? { treeShaking: true, format: "iife" } : {};
  return (await transform(text, { ...options, ...shaken, loader, target: loader === "js" ? "es2022" : undefined, legalComments: "none" })).code;
}

async function bundled({ entries, outdir }) {
  const sheets = entries.every((entry) => entry.endsWith(".css"));
  const { metafile } = await build({
    ...options,
    entryPoints: entries,
    outdir,
    bundle: true,
    splitting: !sheets,
    format: "esm",
    target: sheets ? undefined : "es2022",
    legalComments: "linked", // licences, in files beside the scripts
    loader: sheets ? {} : { ".py": "text", ".css": "text" },
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

process.stdout.write(JSON.stringify(await (task.entries ? bundled(task) : minified(task))));
