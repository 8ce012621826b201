import assert from "node:assert/strict";
import { test } from "node:test";
import { mixed, stateAt, tracks } from "../../lossbook/motion/seeing.js";
import { arrow, said } from "../../lossbook/motion/stage.js";

const lesson = {
  start: { show: "s", "s.dot": "start", "f.x": 0 },
  moves: [
    [1, 2, { "s.dot": "moved" }],
    [4, 2, { "s.dot": "hidden", "f.x": 4 }],
    [5, 0, { show: "f" }],
  ],
  stages: { s: { parts: { dot: { poses: { start: { cx: 0, opacity: 1 }, moved: { cx: 10 }, hidden: { opacity: 0 } } } } } },
};

test("a seek shows what playing in order shows", () => {
  const made = tracks(lesson);
  const inOrder = Array.from({ length: 81 }, (_, i) => stateAt(made, i / 10));
  for (const i of [80, 3, 41, 40, 12, 79, 0, 55]) assert.deepEqual(stateAt(tracks(lesson), i / 10), inOrder[i]);
});

test("a pose says only what it changes, and the rest stays", () => {
  assert.deepEqual(stateAt(tracks(lesson), 9)["s.dot"], { cx: 10, opacity: 0 });
  assert.equal(stateAt(tracks(lesson), 5)["f.x"], 2);
});

test("with less motion all is at once where it goes", () => {
  assert.deepEqual(stateAt(tracks(lesson), 1.01, true)["s.dot"], { cx: 10, opacity: 1 });
});

test("words change at once, sizes by factors", () => {
  assert.equal(mixed("a", "b", 0.1), "b");
  assert.equal(mixed(1, 4, 0.5, "width"), 2);
  assert.deepEqual(mixed([0, 2], [2, 2], 0.5), [1, 2]);
});

test("a place runs through a list, and stays at its end", () => {
  const rolls = { cx: 10, cy: [3, 8] };
  assert.deepEqual([0, 0.25, 0.5, 1].map((f) => mixed({ cx: 0, cy: 1 }, rolls, f).cy), [1, 2, 3, 8]);
  const made = tracks({ start: { "s.dot": "start" }, moves: [[1, 2, { "s.dot": "rolled" }], [4, 2, { "s.dot": "start" }]], stages: { s: { parts: { dot: { poses: { start: { cx: 0, cy: 1 }, rolled: rolls } } } } } });
  assert.deepEqual([3, 4, 6].map((time) => stateAt(made, time)["s.dot"].cy), [8, 8, 1]);
});

test("an arrow has a head as long as itself at most, and without a length none", () => {
  assert.equal(arrow(0, 0, 0.5, 0), "");
  assert.match(arrow(0, 0, 20, 0), /^M0 0L20 0M11 /);
  assert.match(arrow(0, 0, 4, 0), /M0 2\.4L4 0L0 -2\.4$/);
});

test("a number has the digits that are said, and no minus before nought", () => {
  assert.deepEqual([said(2.345, 1), said(-0.01, 1), said(-15, 0)], ["2.3", "0.0", "−15"]);
});
