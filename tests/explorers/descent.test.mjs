import assert from "node:assert/strict";
import { test } from "node:test";
import { closest, hops, reading, walk } from "../../lossbook/explorers/descent.js";

/** @type {any} */
const figure = {
  digits: [0, 1],
  steps: [0, 1],
  rates: [[0.5, "Half of the way."]],
  surfaces: [{ name: "mean squared error", b: [[0, 90.42]], w: [[0, 28.2]], loss: [[39083.7, 12165.8]], slope_b: [[-361.7, -180.84]], slope_w: [[-112.9, -56.5]] }],
};

test("with one surface the reading tells the place and both slopes", () => {
  assert.deepEqual(reading(figure, 0, 1), [
    "12,166",
    "is the mean squared error after step 1 at learning rate 0.5, where b = 90.4 and w = 28.2. "
      + "The slopes in b and w are −180.8 and −56.5. Half of the way.",
  ]);
});

test("with labels to get right it tells how many are", () => {
  const surface = { name: "one", loss: [[0.6, 0.5]], slope: [[0.004, 0.1]], right: [[39.4, 78.8]] };
  const two = { ...figure, digits: [3, 3], surfaces: [surface, { ...surface, name: "other", loss: [[0.3, null]] }] };
  assert.deepEqual(reading(two, 0, 1), [
    "0.500 and infinite",
    "are the one and the other after step 1 at learning rate 0.5. "
      + "Their slopes are 0.100 and 0.100; 79 % and 79 % of the emails are right. Half of the way.",
  ]);
});

test("the point nearest to the pointer is found as one sees it, not in numbers", () => {
  const flat = (value) => value;
  const steep = (value) => 100 * value;
  assert.equal(closest([0, 3], [0, 0.5], flat, flat, [1, 0.5]), 0);
  assert.equal(closest([0, 3], [0, 0.5], flat, steep, [1, 50]), 1);
});

test("between two steps the last hop goes part of the way, between two rates all lie between", () => {
  const surface = { b: [[0, 4, 6], [0, 8, 0]], w: [[1, 1, 3], [1, 2, 5]] };
  assert.deepEqual(hops(surface, 0, 1), [[0, 1], [4, 1]]);
  assert.deepEqual(hops(surface, 0, 1.5), [[0, 1], [4, 1], [5, 2]]);
  assert.deepEqual(hops(surface, 0.5, 2), [[0, 1], [6, 1.5], [3, 4]]);
});

test("a walk that does not turn back runs straight through its points", () => {
  assert.equal(walk([[0, 0], [10, 5], [12, 6]]), "M0.0 0.0L10.0 5.0M10.0 5.0L12.0 6.0");
});

test("a way back stays straight, and beside the way there by a hair", () => {
  assert.equal(walk([[0, 0], [10, 0], [-5, 0]]), "M0.0 -1.2L10.0 -1.2M10.0 1.2L-5.0 1.2");
  assert.equal(walk([[3, 3], [3, 3]]), "M3.0 3.0L3.0 3.0");
});
