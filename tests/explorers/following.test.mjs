import assert from "node:assert/strict";
import { test } from "node:test";
import { reading } from "../../lossbook/explorers/following.js";

test("the reading takes the samples of one temperature", () => {
  const made = {
    temperatures: [0.5, 1],
    names: ["e", "other"],
    said: [[0.9, 0.1], [0.6125, 0.3875]],
    losses: [1.25, 1.0567],
    choices: [3.49, 2.877],
  };
  assert.deepEqual(reading(made, 1), [
    "1.057 nats",
    "is the cross-entropy of what came, a perplexity of 2.88. At temperature 1.00 the forecast gives “e” a probability of 0.61.",
  ]);
});
