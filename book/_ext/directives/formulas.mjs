// Draws formulas: one JSON line {tex, display} in, one JSON line {html} or {error} out, until the input ends.
import { createInterface } from "node:readline";
import katex from "katex";

// \part{name}{...} can be lit by a lesson that moves (lessons.py); no other class is anybody's to give.
const options = {
  macros: { "\\part": "\\htmlClass{part-#1}{#2}" },
  trust: ({ command }) => command === "\\htmlClass",
  strict: (/** @type {string} */ code) => (code === "htmlExtension" ? "ignore" : "error"),
};

/**
 * A strut holds up each part of a formula that may stand in a line of its own. Here the part holds itself up, by what
 * the style sheet puts before it (formulas.py). @param {any} part
 */
function holdUp(part) {
  const [{ style }] = part.children.splice(0, 1);
  part.style["--height"] = style.height;
  if (style.verticalAlign) part.style["--depth"] = style.verticalAlign;
}

/**
 * What stands alone above or below a letter is moved there from the line: KaTeX sets a table for it, a third of all that
 * it writes, to make room that the line has already.
 * @param {any} piece  One of KaTeX's pieces with all that is in it.
 */
function lighten(piece) {
  for (const inner of piece.children ?? []) lighten(inner);
  if (piece.classes?.includes("base")) holdUp(piece);
  if (!piece.classes?.includes("msupsub")) return;
  const [script, ...others] = piece.children[0].children[0].children[0].children; // table, row, cell
  if (others.length) return;
  const [height, content] = script.children;
  const { top, ...margins } = script.style;
  const fall = parseFloat(top) + parseFloat(height.style.height);
  Object.assign(piece, { classes: [], children: [content], style: { position: "relative", top: `${+fall.toFixed(4)}em`, ...margins } });
}

for await (const line of createInterface({ input: process.stdin })) {
  const { tex, display } = JSON.parse(line);
  let answer;
  try {
    const drawn = /** @type {any} */ (katex).__renderToDomTree(tex, { ...options, displayMode: display });
    lighten(drawn);
    answer = { html: drawn.toMarkup() };
  } catch (error) {
    answer = { error: /** @type {Error} */ (error).message };
  }
  console.log(JSON.stringify(answer));
}
