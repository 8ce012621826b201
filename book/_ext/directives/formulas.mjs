// Draws formulas: one JSON line {tex, display} in, one JSON line {html} or {error} out, until the input ends.
import { createInterface } from "node:readline";
import katex from "katex";

// \part{name}{...} can be lit by a lesson that moves (lessons.py); no other class is anybody's to give.
const options = {
  macros: { "\\part": "\\htmlClass{part-#1}{#2}" },
  trust: ({ command }) => command === "\\htmlClass",
  strict: (/** @type {string} */ code) => (code === "htmlExtension" ? "ignore" : "error"),
};

for await (const line of createInterface({ input: process.stdin })) {
  const { tex, display } = JSON.parse(line);
  let answer;
  try {
    answer = { html: katex.renderToString(tex, { ...options, displayMode: display }) };
  } catch (error) {
    answer = { error: /** @type {Error} */ (error).message };
  }
  console.log(JSON.stringify(answer));
}
