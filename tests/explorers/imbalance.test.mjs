import assert from "node:assert/strict";
import { test } from "node:test";
import { measures, reading, squares } from "../../lossbook/explorers/imbalance.js";

const people = { ill: 40, all: 1000 };

test("recall is of the ill, precision of the alarms, accuracy of everybody", () => {
  assert.deepEqual(measures(people, 30, 10), [75, 75, 98]);
  assert.deepEqual(measures(people, 0, 20), [0, 0, 94]);
});

test("the reading takes the threshold's row and the weight's column", () => {
  const counts = { found: [[1, 2], [10, 35]], false: [[3, 4], [30, 105]] };
  const losses = { plain: [0.05, 0.0914], weighted: [0.05, 0.15757] };
  assert.deepEqual(reading({ people, counts, losses }, 1, 1), [
    "35 of 40",
    "who are ill are found (recall 88\u00a0%), with 105 false alarms (precision 25\u00a0%). "
      + "Accuracy 89.0\u00a0%, cross-entropy 0.091, weighted 0.158.",
  ]);
  assert.match(reading({ people, counts: { ...counts, false: [[1, 1], [1, 1]] }, losses }, 1, 1)[1], /with 1 false alarm \(/);
});

test("squares go down a column, then on to the next", () => {
  const corners = (d) => [...d.matchAll(/M([\d.]+) ([\d.]+)h/g)].map(([, x, y]) => [Number(x), Number(y)]);
  const block = { rows: 2, pitch: 5, top: 10 };
  assert.deepEqual(corners(squares(0, 3, block)), [[0, 10], [0, 15], [5, 10]]);
  assert.deepEqual(corners(squares(3, 4, block)), [[5, 15]]);
  assert.equal(squares(3, 3, block), "");
});
