// Bundles scripts with esbuild: reads {entries, define, outdir} as JSON, writes the names
// of the files that it made, each with a hash of its content, by the stem of the entry.
import { readFileSync } from "node:fs";
import { build } from "esbuild";

const { entries, define, outdir } = JSON.parse(readFileSync(0, "utf8"));
const { metafile } = await build({
  entryPoints: entries,
  define,
  outdir,
  bundle: true,
  splitting: true,
  minify: true,
  format: "esm",
  target: "es2022",
  charset: "utf8",
  legalComments: "linked", // licences, in files beside the scripts
  loader: { ".py": "text", ".css": "text" },
  entryNames: "[name].[hash]",
  chunkNames: "[name].[hash]",
  metafile: true,
});
const names = Object.entries(metafile.outputs)
  .filter(([, { entryPoint }]) => entryPoint)
  .map(([path, { entryPoint }]) => [entryPoint.split("/").at(-1), path.split("/").at(-1)]);
process.stdout.write(JSON.stringify(Object.fromEntries(names)));
