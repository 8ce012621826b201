import assert from "node:assert/strict";
import { test } from "node:test";
import { reading } from "../../lossbook/explorers/focal.js";

test("the reading takes the row of gamma, and the cross-entropy from the first", () => {
  const told = { probabilities: [0.5, 0.9], costs: [[0.6931, 0.10536], [0.1733, 0.00106]], best: [[0.5, 0.9], [0.5, 0.6923]] };
  assert.deepEqual(reading(told, 1, 1), [
    "0.69",
    "is best to say of what happens in 90\u00a0% of all cases. An example that was given 90\u00a0% costs 0.0011 nats; under the cross-entropy, 0.1054.",
  ]);
});
