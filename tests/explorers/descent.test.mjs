import assert from "node:assert/strict";
import { test } from "node:test";
import { closest, hops, reading } from "../../lossbook/explorers/descent.js";

const figure = {
  digits: [0, 1],
  steps: [0, 1],
  rates: [[0.5, "Half of the way."]],
  surfaces: [{ name: "loss", b: [[0, 90.42]], w: [[0, 28.2]], loss: [[39083.7, 12165.8]], slope_b: [[-361.7, -180.84]], slope_w: [[-112.9, -56.5]] }],
};

test("with one surface the reading tells the place and both slopes", () => {
  assert.equal(
    reading(figure, 0, 1),
    "Step 1, learning rate 0.5: at b = 90.4, w = 28.2 the loss is 12,166, its slope (−180.8, −56.5). Half of the way.",
  );
});

test("with labels to get right it tells how many are", () => {
  const surface = { name: "one", loss: [[0.6, 0.5]], slope: [[0.004, 0.1]], right: [[39.4, 78.8]] };
  const two = { ...figure, digits: [3, 3], surfaces: [surface, { ...surface, name: "other", loss: [[0.3, null]] }] };
  assert.equal(
    reading(two, 0, 1),
    "Step 1, learning rate 0.5: one 0.500, slope 0.100, 79 % right; other infinite, slope 0.100, 79 % right. Half of the way.",
  );
});

test("the point nearest to the pointer is found as one sees it, not in numbers", () => {
  const flat = (value) => value;
  const steep = (value) => 100 * value;
  assert.equal(closest([0, 3], [0, 0.5], flat, flat, [1, 0.5]), 0);
  assert.equal(closest([0, 3], [0, 0.5], flat, steep, [1, 50]), 1);
});

test("a hop back is bowed to the other side of the hop forth", () => {
  assert.equal(hops([[0, 0], [10, 0], [0, 0]]), "M0.0 0.0Q5.0 -2.0 10.0 0.0Q5.0 2.0 0.0 0.0");
});
