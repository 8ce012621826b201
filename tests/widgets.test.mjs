import assert from "node:assert/strict";
import { test } from "node:test";
import { locate, mid, mix, nearest, path, say, scale, ticks } from "../lossbook/widgets.js";

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

test("a place among samples has a fraction between two, and none at one or beyond the ends", () => {
  const values = [1, 2, 10];
  assert.deepEqual([1, 2, 10].map((at) => locate(values, at)), [0, 1, 2]);
  assert.deepEqual([1.25, 4, 8].map((at) => locate(values, at)), [0.25, 1.25, 1.75]);
  assert.deepEqual([-7, 11].map((at) => locate(values, at)), [0, 2]);
});

test("the value at a place lies between its neighbours; beside what is infinite there is none", () => {
  const values = [null, 1, 5];
  assert.deepEqual([1, 1.25, 2].map((place) => mid(values, place)), [1, 2, 5]);
  assert.deepEqual([0, 0.5, 0.99].map((place) => mid(values, place)), [null, null, null]);
  assert.equal(mid([5, null], 0.5), null);
});

test("with several axes each is gone along in turn, and only neighbours are asked", () => {
  const asked = [];
  const of = (i, j) => { asked.push([i, j]); return 10 * i + j; };
  assert.equal(mix(of, 1.5, 2.25), 17.25);
  assert.deepEqual(asked, [[1, 2], [1, 3], [2, 2], [2, 3]]);
  assert.equal(mix(of, 3, 4), 34);
  assert.equal(asked.length, 5); // at samples nothing else
});

test("numbers are said as the book prints them", () => {
  assert.deepEqual([-0.5, -0.001, 0.125, null].map((value) => say(value)), ["−0.50", "0.00", "0.13", "infinite"]);
  assert.deepEqual([say(3193.06), say(-39083.7, 0), say(755000, 6)], ["3,193.06", "−39,084", "755,000.000000"]);
});

test("a line stops where a sample is missing", () => {
  const same = (value) => value;
  assert.equal(path([0, 1, 2, 3], [null, 1, 2, null], same, same), "M1.0 1.0L2.0 2.0");
});
