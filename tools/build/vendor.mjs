// Writes lossbook/study/fsrs.js: of the npm package ts-fsrs what the cards need, minified,
// with its licence. In a notebook there is no npm, so the file is part of the package.
//   node tools/build/vendor.mjs          writes it
//   node tools/build/vendor.mjs --check  fails if it is not what node_modules gives
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = new URL("../../", import.meta.url);
const read = (path) => readFileSync(new URL(path, root), "utf8");
const target = new URL("lossbook/study/fsrs.js", root);
const names = "{ createEmptyCard, fsrs }";

const { version } = JSON.parse(read("node_modules/ts-fsrs/package.json"));
const licence = read("node_modules/ts-fsrs/LICENSE").trim();
const { outputFiles: [{ text: code }] } = await build({
  stdin: { contents: `export ${names} from "ts-fsrs";`, resolveDir: fileURLToPath(root) },
  bundle: true,
  write: false,
  minify: true,
  target: "es2022",
  charset: "utf8",
  legalComments: "none",
  format: "iife", // a function of its own, so that its names meet no others when scripts are joined
  globalName: "tsFsrs",
});
const text = `/*! ts-fsrs ${version}, made smaller by tools/build/vendor.mjs\n\n${licence}\n*/\n${code}export const ${names} = tsFsrs;\n`;

if (!process.argv.includes("--check")) {
  writeFileSync(target, text);
} else if (readFileSync(target, "utf8") !== text) {
  console.error("lossbook/study/fsrs.js is not what node_modules gives: run node tools/build/vendor.mjs");
  process.exit(1);
}
