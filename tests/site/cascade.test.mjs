// The sheet of the site in fewer words says the same: what a later rule overrules goes, and nothing else.
import assert from "node:assert/strict";
import test from "node:test";
import { settled } from "../../book/_ext/site/cascade.mjs";

/** One sheet in fewer words, without blanks. @param {string} text @param {string[]} [read] what others read */
const short = (text, read = []) => settled([text], new Set(read))[0].replaceAll(/\s+/g, "");

test("of what one selector says twice, the last stays", () => {
  assert.equal(short("p { color: red; margin: 0 } b { top: 0 } p { color: blue }"), "p{margin:0}b{top:0}p{color:blue}");
});

test("another selector, another condition and what is important overrule nothing", () => {
  for (const text of [
    "p{color:red}pb{color:blue}",
    "p,i{color:red}p,b{color:blue}",
    "p{color:red}@media(print){p{color:blue}}",
    "p{color:red!important}p{color:blue}",
    "p[data-live]{color:red}p{color:blue}",
    "p[open]{top:0}p:hover{top:1px}p.highlighted{top:2px}",
  ]) assert.equal(short(text.replace("(print)", " print")), text.replace("(print)", "print"));
});

test("a list of selectors goes when each of them is overruled", () => {
  assert.equal(short("p, b { top: 0 } p { top: 1px } b { top: 2px }"), "p{top:1px}b{top:2px}");
});

test("frames of a motion stay as they are", () => {
  const text = "@keyframesa{to{top:0}}@keyframesb{to{top:1px}}";
  assert.equal(short(text.replaceAll("keyframes", "keyframes ")), text);
});

test("a variable that is set once and read little is written where it is read", () => {
  assert.equal(short(":root { --a: 1px } p { top: var(--a) }"), "p{top:1px}");
});

test("a variable that pages or scripts read, or that is set in two places, stays", () => {
  assert.equal(short(":root { --a: 1px } p { top: var(--a) }", ["--a"]), ":root{--a:1px}p{top:var(--a)}");
  const twice = ":root{--a:1px}.b{--a:2px}p{top:var(--a)}";
  assert.equal(short(twice), twice);
});

test("a variable that nothing reads goes, and what only it read", () => {
  assert.equal(short(":root { --a: var(--b); --b: 1px } p { top: 0 }"), "p{top:0}");
});
