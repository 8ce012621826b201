import assert from "node:assert/strict";
import { test } from "node:test";
import { at, dragged, reading, state } from "../../lossbook/explorers/probability.js";

// Three places for each logit, so leads from -2 to 2; each sample tells its leads.
const table = [-2, -1, 0, 1, 2].map((second) =>
  [-2, -1, 0, 1, 2].filter((third) => Math.abs(second - third) <= 2).map((third) => 100 * second + third),
);
const labels = [
  { name: "cat", shares: [1, 0, 0], entropy: 0 },
  { name: "dog", shares: [0, 1, 0], entropy: 0 },
  { name: "fish", shares: [0, 0, 1], entropy: 0 },
  { name: "blurred", shares: [0.8, 0.1, 0.1], entropy: 639 },
];
const states = { probability: table, surprise: table, blurred: table, divergence: table };

test("a sample is found by how far the two other classes are ahead", () => {
  assert.deepEqual([[-2, -2], [-2, 0], [0, 0], [2, 0], [1, -1], [2, 2]].map((leads) => at(table, ...leads)), [-202, -200, 0, 200, 99, 202]);
});

test("each class sees the two others, in turn", () => {
  const { probs } = state({ states, labels }, [2, 0, 1], "cat");
  assert.deepEqual(probs, [-201, 102, 99]); // cat: dog 2 behind, fish 1 behind, and so on
});

test("between samples the probabilities are mixed and still make up the whole", () => {
  const odds = (second, third) => 1000 / (1 + 2 ** second + 2 ** third);
  const exact = table.map((row, i) => row.map((_, j) => odds(i - 2, j + Math.max(0, i - 2) - 2)));
  const given = (places) => state({ states: { ...states, probability: exact }, labels }, places, "cat").probs;
  const [whole, half, next] = [[1, 0, 1], [1.5, 0, 1], [2, 0, 1]].map(given);
  half.forEach((p, i) => assert.ok(Math.abs(p - (whole[i] + next[i]) / 2) < 1e-9));
  assert.ok(Math.abs(given([1.2, 0.4, 0.9]).reduce((sum, p) => sum + p) - 1000) < 1e-9);
});

test("a certain label costs the surprise of its class; a blurred one is seen from the first", () => {
  assert.deepEqual([state({ states, labels }, [2, 0, 1], "dog").cost, state({ states, labels }, [2, 0, 1], "blurred").cost], [102, -201]);
  assert.equal(state({ states, labels }, [2, 0, 1], "dog").divergence, 102);
  assert.equal(state({ states, labels }, [2, 0, 1], "blurred").entropy, 639);
});

test("a dragged bar moves its own logit, and at the end of the range the two others", () => {
  // The more the others are behind, the more probable.
  const odds = table.map((row, i) => row.map((_, j) => 500 - 100 * (i - 2 + (j + Math.max(0, i - 2) - 2))));
  const drag = (places, own, wanted) => dragged({ probability: odds }, places, own, wanted);
  assert.deepEqual(drag([1, 1, 1], 0, 0.7), [2, 1, 1]);
  assert.deepEqual(drag([1, 1, 1], 0, 0.9), [2, 0, 0]);
  assert.deepEqual(drag([1, 1, 1], 1, 0.1), [2, 0, 2]);
  assert.deepEqual(drag([2, 0, 1], 2, 0.5), [2, 0, 1]);
});

test("the reading names the picture, what it was given, and what that costs", () => {
  const dog = { probs: [900, 4, 96], label: labels[1], own: 1, cost: 5521, entropy: 0, divergence: 5521 };
  assert.deepEqual(reading(dog), [
    "5.521 nats",
    "is the cross-entropy: entropy 0.000 and divergence 5.521. The picture shows a dog; the model gives it 0.004.",
  ]);
  const blurred = { probs: [800, 100, 100], label: labels[3], own: -1, cost: 639, entropy: 639, divergence: 0 };
  assert.deepEqual(reading(blurred), [
    "0.639 nats",
    "is the cross-entropy: entropy 0.639 and divergence 0.000. The picture is blurred; its label is 0.80 cat, 0.10 dog, 0.10 fish.",
  ]);
});
