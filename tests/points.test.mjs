import assert from "node:assert/strict";
import { test } from "node:test";
import { snap, stroke } from "../lossbook/points.js";

test("a point stands on the heights that can be set, within the plot", () => {
  const grid = { low: -1, high: 4, step: 0.1 };
  assert.deepEqual([0.34, 0.36, -7, 7].map((at) => snap(grid, at)), [0.3, 0.4, -1, 4]);
});

/** What a stroke through some points leaves at the places 0, 1, 2, 3. */
function left(...points) {
  const heights = [null, null, null, null];
  const move = stroke([0, 1, 2, 3]);
  for (const [x, y] of points) for (const [i, to] of move(x, y)) heights[i] = to;
  return heights;
}

test("a tap sets the nearest point, wherever it is", () => {
  assert.deepEqual(left([1.4, 5]), [null, 5, null, null]);
  assert.deepEqual(left([-0.2, 5]), [5, null, null, null]);
});

test("who moves up and down moves one point", () => {
  assert.deepEqual(left([1, 5], [1.1, 6], [0.9, 7]), [null, 7, null, null]);
  assert.deepEqual(left([1, 5], [1.1, 7], [1.5, 7]), [null, 7, null, null]);
});

test("a stroke leaves at each place the height at which it passed, also a fast one", () => {
  assert.deepEqual(left([0, 0], [3, 6]), [0, 2, 4, 6]);
  assert.deepEqual(left([0, 0], [0.5, 1], [1.5, 3], [2.5, 5], [3.1, 6.2]), [0, 2, 4, 6]);
});

test("a stroke leaves the point where it began as it began, and takes the one where it ends", () => {
  assert.deepEqual(left([0, 0], [0.2, 0.4], [0.6, 1.2]), [0, null, null, null]);
  assert.deepEqual(left([0, 0], [0.1, 0.1], [0.28, 0.28], [0.6, 0.6]), [0, null, null, null]);
  assert.deepEqual(left([0, 0], [1.5, 3], [2.8, 5.6]), [0, 2, 4, 5.6]);
});

test("a stroke may come back, and then the later pass counts", () => {
  assert.deepEqual(left([0, 0], [1.5, 0], [1.5, 3], [0.5, 3]), [0, 3, null, null]);
});
