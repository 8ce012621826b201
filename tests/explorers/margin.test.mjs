import assert from "node:assert/strict";
import { test } from "node:test";
import { away, boundary, foot, go, parts, reading, state } from "../../lossbook/explorers/margin.js";

const near = (values, expected) => values.forEach((value, i) => assert.ok(Math.abs(value - expected[i]) < 1e-12, `${values}`));

test("a line stands on the first axis and leans to the right", () => {
  const { pivot, across, along } = boundary(30, 0.5);
  assert.deepEqual(pivot, [0.5, 0]);
  near(along, [0.5, Math.sqrt(3) / 2]);
  near([across[0] * along[0] + across[1] * along[1]], [0]);
});

test("points on the line are at distance 0, those to its right above", () => {
  const line = boundary(-40, 1);
  near([away(go(line.pivot, line.along, 3), line), away(go(line.pivot, line.across, 2), line)], [0, 2]);
});

test("who pays goes straight to the edge of its own class", () => {
  const line = boundary(20, -0.5);
  for (const label of [1, -1]) { // class +1 is on the right
    const point = [0.2, 0.3, label];
    const end = /** @type {number[]} */ (foot(point, line, 2));
    near([away(end, line)], [2 * label]);
    const way = [end[0] - point[0], end[1] - point[1]];
    near([way[0] * line.along[0] + way[1] * line.along[1]], [0]);
  }
});

test("who is beyond its edge, or on it, goes nowhere", () => {
  const line = boundary(0, 0);
  assert.equal(foot([2.5, 1, 1], line, 2), null);
  assert.equal(foot([-2, 1, -1], line, 2), null);
  assert.notEqual(foot([2.5, 1, -1], line, 2), null);
});

test("samples are found by turn, shift and length, the last one fastest", () => {
  const places = { turn: [-10, 10], shift: [0, 1, 2], length: [1, 2], penalty: [0, 1] };
  const lines = {
    loss: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11],
    pay: [12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1],
    wrong: [20, 21, 22, 23, 24, 25],
    penalty: [[0, 0], [100, 400]],
    best: [0, 9],
  };
  const now = state({ places, lines, points: [1, 2, 3] }, { turn: 1, shift: 2, length: 0, penalty: 1 });
  assert.deepEqual([now.of, now.loss, now.pay, now.wrong, now.penalty, now.cost], [3, 10, 2, 25, 100, 110]);
  assert.deepEqual(now.best, { turn: 10, shift: 1, length: 2 });
  assert.equal(now.isBest, false);
  assert.equal(state({ places, lines, points: [] }, { turn: 0, shift: 0, length: 0, penalty: 0 }).isBest, true);
});

test("between sampled lines the bar is mixed over all that moves", () => {
  const places = { turn: [-10, 10], shift: [0, 1], length: [1, 2], penalty: [0, 1] };
  const lines = { loss: [0, 1, 10, 11, 100, 101, 110, 111], penalty: [[0, 0], [100, 400]] };
  const of = (turn, shift, length, penalty) => parts({ places, lines }, { turn, shift, length, penalty });
  assert.deepEqual(of(1, 0, 1, 1), { loss: 101, penalty: 400 });
  assert.deepEqual(of(0.5, 0.25, 0.5, 0.5), { loss: 53, penalty: 125 });
});

test("the reading counts, adds up, and says what is best or leaves the plot", () => {
  const line = { of: 32, pay: 2, wrong: 0, loss: 7, penalty: 32, cost: 39, isBest: true };
  assert.deepEqual(reading(line), [
    "0.039",
    "is the hinge loss of 0.007 plus the penalty of 0.032. 2 of 32 points pay, none wrong. No other line here costs less.",
  ]);
  assert.match(reading({ ...line, pay: 1, wrong: 1 })[1], / 1 of 32 points pays, 1 wrong\./);
  assert.match(reading({ ...line, pay: 0 })[1], / No point pays\. No other/);
  const [cost, rest] = reading({ ...line, cost: 501, isBest: false });
  assert.equal(cost, "0.501");
  assert.match(rest, / The bar leaves the plot\.$/);
});
