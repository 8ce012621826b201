// Draws formulas: one JSON line {tex, display} in, one JSON line {html} or {error} out, until the input ends.
import { createInterface } from "node:readline";
import katex from "katex";

// \part{name}{...} can be lit by a lesson that moves (lessons.py); no other class is anybody's to give.
const options = {
  macros: { "\\part": "\\htmlClass{part-#1}{#2}" },
  trust: ({ command }) => command === "\\htmlClass",
  strict: (/** @type {string} */ code) => (code === "htmlExtension" ? "ignore" : "error"),
};

const SHORT = 20; // letters that most columns of a phone have room for

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

/** An element around pieces, as KaTeX makes them. @param {any} like @param {string} name @param {any[]} pieces */
const around = (like, name, pieces) => new like.constructor([name], pieces);

/** @param {any} piece @returns {string} */
const letters = (piece) => (piece.text ?? "") + (piece.children ?? []).map(letters).join("");

/** How many brackets a part closes that others open, and opens that others close. @param {any} part */
function brackets(part) {
  let closed = 0, open = 0;
  for (const piece of part.children) {
    const count = letters(piece).length; // several stand in one piece
    if (piece.classes.includes("mopen")) open += count;
    if (!piece.classes.includes("mclose")) continue;
    closed += Math.max(0, count - open);
    open = Math.max(0, open - count);
  }
  return { closed, open };
}

/**
 * The parts of a formula, at whose ends a line may end. Those that brackets join are held together if they are short.
 * @param {any[]} parts @returns {any[]}
 */
function keepBrackets(parts) {
  if (!parts.length) return [];
  const { open } = brackets(parts[0]);
  for (let left = 0; left < open; left += 1) { // until all that it opens are closed, or all but one ...
    let depth = open, end = 1;
    for (; depth > left && end < parts.length; end += 1) {
      const next = brackets(parts[end]);
      depth += next.open - next.closed;
    }
    const joined = parts.slice(0, end);
    if (depth <= left && joined.map(letters).join("").length <= SHORT) {
      return [around(parts[0], "brackets", joined), ...keepBrackets(parts.slice(end))];
    }
  }
  return [parts[0], ...keepBrackets(parts.slice(1))];
}

/** Whether a piece is \qquad, or \quad after a comma. @param {any} piece @param {any} before */
function isGap({ style }, before) {
  const width = style?.marginRight;
  return width === "2em" || (width === "1em" && before.classes.includes("mpunct"));
}

/**
 * The equations that stand in a line with wide gaps, each with its parts; the style sheet makes the gaps.
 * @param {any[]} parts @returns {any[][]}
 */
function equations(parts) {
  /** @type {any[][]} */
  const found = [[]];
  for (const part of parts) {
    const [strut, ...pieces] = part.children;
    let own = [strut];
    for (const piece of pieces) {
      if (isGap(piece, own[own.length - 1])) {
        found[found.length - 1].push(around(part, "base", own));
        found.push([]);
        own = [strut];
      } else own.push(piece);
    }
    if (own.length > 1) found[found.length - 1].push(own.length > pieces.length ? part : around(part, "base", own));
  }
  return found;
}

/** Says where the lines of a formula may end. @param {any} piece  One with all that is in it. */
function part(piece) {
  if (!piece.classes?.includes("katex-html")) return piece.children?.forEach(part);
  if (!piece.children.every((/** @type {any} */ each) => each.classes.includes("base"))) return;
  const found = equations(piece.children).map(keepBrackets);
  piece.children = found.length > 1 ? found.map((each) => around(piece, "equation", each)) : found[0];
}

for await (const line of createInterface({ input: process.stdin })) {
  const { tex, display } = JSON.parse(line);
  let answer;
  try {
    const drawn = /** @type {any} */ (katex).__renderToDomTree(tex, { ...options, displayMode: display });
    part(drawn);
    lighten(drawn);
    answer = { html: drawn.toMarkup() };
  } catch (error) {
    answer = { error: /** @type {Error} */ (error).message };
  }
  console.log(JSON.stringify(answer));
}
