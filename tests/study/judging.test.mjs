import assert from "node:assert/strict";
import { test } from "node:test";
import { match, readings, shuffled, verdictOnSeveral } from "../../lossbook/study/judging.js";

test("a number may be written in many ways", () => {
  for (const text of ["0.7", "0,7", ".7", ",7", " 0.70 ", "7/10", "7e-1", "70 %", "+0.7"]) {
    assert.deepEqual(readings(text), [0.7], text);
  }
  for (const text of ["-0.5", "−0.5", "− 1/2", "-0,5"]) assert.deepEqual(readings(text), [-0.5], text);
});

test("the unit may stand behind the number", () => {
  assert.deepEqual(readings("1.6 nats", "nats"), [1.6]);
  assert.deepEqual(readings("75 %", "%"), [75]);
  assert.deepEqual(readings("8,67 Squared Minutes", "squared minutes"), [8.67]);
});

test("a comma before three digits is read in both ways", () => {
  assert.deepEqual(readings("30,000"), [30000, 30]);
  assert.deepEqual(readings("1,234,567.5"), [1234567.5]);
  assert.deepEqual(readings("12,34"), [12.34]);
});

test("what is no number has no reading", () => {
  for (const text of ["", " ", "x", "1/0", "1/2/3", "1.2.3", "0x10", "Infinity", "NaN", "e5", "--1", "<b>", "1,2,3"]) {
    assert.deepEqual(readings(text), [], text);
  }
});

test("the nearest key counts, and the end of the tolerance belongs to it", () => {
  assert.equal(match([0.5], [0, 0.49, 0.52], 0.05), 1);
  assert.equal(match([0.3], [0.1 + 0.2 + 0.005], 0.005), 0);
  assert.equal(match([0.3], [0.3051], 0.005), -1);
  assert.equal(match([30000, 30], [30], 0.5), 0);
  assert.equal(match([], [1], 0.5), -1);
});

test("every order comes up, and each holds every number once", () => {
  const orders = Array.from({ length: 300 }, () => shuffled(3));
  assert.equal(new Set(orders.map(String)).size, 6);
  for (const order of orders) assert.deepEqual([...order].sort(), [0, 1, 2]);
});

test("who chose some of several is told how many are wrong and missing", () => {
  assert.equal(verdictOnSeveral(1, 2), "1 of your choices is wrong, 2 right ones are missing.");
  assert.equal(verdictOnSeveral(0, 1), "1 right one is missing.");
});
