// Writes lossbook/study/fsrs.js: of the npm package ts-fsrs what the cards need, minified,
// with its licence. In a notebook there is no npm, so the file is part of the package.
//   node tools/vendor.mjs          writes it
//   node tools/vendor.mjs --check  fails if it is not what node_modules gives
import { readFileSync, writeFileSync } from "node:fs";
import { minify } from "terser";

const root = new URL("../", import.meta.url);
const read = (path) => readFileSync(new URL(path, root), "utf8");
const target = new URL("lossbook/study/fsrs.js", root);
const names = "{ createEmptyCard, fsrs }";

const { version } = JSON.parse(read("node_modules/ts-fsrs/package.json"));
const licence = read("node_modules/ts-fsrs/LICENSE").trim();
const source = read("node_modules/ts-fsrs/dist/index.mjs").replace(/^export \{[^}]*\};[^]*/m, "");
// In a function of its own, so that its names meet no others when scripts are joined.
const { code } = await minify(`export const ${names} = (() => { ${source}; return ${names}; })();`, { module: true });
const text = `/*! ts-fsrs ${version}, made smaller by tools/vendor.mjs\n\n${licence}\n*/\n${code}\n`;

if (!process.argv.includes("--check")) {
  writeFileSync(target, text);
} else if (readFileSync(target, "utf8") !== text) {
  console.error("lossbook/study/fsrs.js is not what node_modules gives: run node tools/vendor.mjs");
  process.exit(1);
}
