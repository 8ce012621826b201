import assert from "node:assert/strict";
import { test } from "node:test";
import { nearest, path, say, scale, ticks } from "../lossbook/widgets.js";

test("a scale maps both ways", () => {
  const x = scale([-2, 6], [100, 500]);
  assert.deepEqual([x(-2), x(6), x(2)], [100, 500, 300]);
  assert.equal(x.invert(300), 2);
});

test("ticks are round, inside, and about as many as asked for", () => {
  assert.deepEqual(ticks(-4, 4, 4), [-4, -2, 0, 2, 4]);
  assert.deepEqual(ticks(0, 1, 5), [0, 0.2, 0.4, 0.6, 0.8, 1]);
  assert.deepEqual(ticks(0.3, 0.95, 3), [0.4, 0.6, 0.8]);
  assert.deepEqual(ticks(0, 755, 4), [0, 200, 400, 600]);
});

test("the nearest value is found at the ends and between", () => {
  assert.deepEqual([-9, 0.26, 9].map((at) => nearest([0, 0.5, 1], at)), [0, 1, 2]);
});

test("numbers are said as the book prints them", () => {
  assert.deepEqual([-0.5, -0.001, 0.125, null].map((value) => say(value)), ["−0.50", "0.00", "0.13", "infinite"]);
  assert.deepEqual([say(3193.06), say(-39083.7, 0), say(755000, 6)], ["3,193.06", "−39,084", "755,000.000000"]);
});

test("a line stops where a sample is missing", () => {
  const same = (value) => value;
  assert.equal(path([0, 1, 2, 3], [null, 1, 2, null], same, same), "M1.0 1.0L2.0 2.0");
});
