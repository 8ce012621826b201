import assert from "node:assert/strict";
import { test } from "node:test";
import { firstWrong, rightOrder } from "../../lossbook/study/lines.js";

// for …: / a / b / c, where b and c may be exchanged; d would take the place of a.
const about = [
  { indent: 1, after: [1], instead: null }, // c
  { indent: 1, after: [3], instead: null }, // a
  { indent: 1, after: [1], instead: null }, // b
  { indent: 0, after: [], instead: null }, // for
  { indent: 1, after: [], instead: 1 }, // d
];
const program = (...lines) => lines.map((line) => ({ line, indent: about[line].indent }));

test("every order that the data allow is right, also of a beginning", () => {
  for (const order of [[3, 1, 2, 0], [3, 1, 0, 2], [3, 1], [3]]) assert.equal(firstWrong(program(...order), about), null);
});

test("the first line that is wrong is named, and why", () => {
  assert.deepEqual(firstWrong(program(3, 2, 1, 0), about), { at: 1, line: 2, why: "early" });
  assert.deepEqual(firstWrong(program(1, 3), about), { at: 0, line: 1, why: "early" });
  assert.deepEqual(firstWrong(program(3, 4, 2), about), { at: 1, line: 4, why: "stranger" });
  assert.deepEqual(firstWrong([{ line: 3, indent: 1 }], about), { at: 0, line: 3, why: "deep" });
  assert.deepEqual(firstWrong([...program(3), { line: 1, indent: 0 }, ...program(4)], about), { at: 1, line: 1, why: "shallow" });
});

test("an order that is right is found, without what does not belong", () => {
  const order = rightOrder(about);
  assert.deepEqual([...order].sort(), [0, 1, 2, 3]);
  assert.equal(firstWrong(program(...order), about), null);
});
