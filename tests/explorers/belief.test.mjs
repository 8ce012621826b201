import assert from "node:assert/strict";
import { test } from "node:test";
import { reading } from "../../lossbook/explorers/belief.js";

const state = {
  beliefs: [20, 50],
  sayings: [0, 50],
  expected: {
    binary_cross_entropy: [[null, 693], [null, 693]],
    brier_score: [[200, 250], [500, 250]],
    mean_absolute_error: [[200, 500], [500, 500]],
  },
  least: {
    binary_cross_entropy: [[20, 500], [50, 693]],
    brier_score: [[20, 160], [50, 250]],
    mean_absolute_error: [[0, 200], [null, 500]],
  },
};

test("the reading takes the row of the belief and the column of what is said", () => {
  assert.deepEqual(reading(state, 0, 1), [
    "0.693 nats",
    "is the log score that she expects, saying 50\u00a0% and believing 20\u00a0%; Brier score 0.250, plain difference 0.500. "
      + "The least she can expect: 0.500 and 0.160, saying 20\u00a0%; 0.200, saying 0\u00a0%.",
  ]);
});

test("what is infinite has no unit, and where all is one, it says so", () => {
  const [number, rest] = reading(state, 1, 0);
  assert.equal(number, "infinite");
  assert.match(rest, /0\.500, whatever she says\.$/);
});
