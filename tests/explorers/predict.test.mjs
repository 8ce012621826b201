import assert from "node:assert/strict";
import { test } from "node:test";
import { furthest, isRight, reading, touched } from "../../lossbook/explorers/predict.js";

const question = { prompt: "Guess.", name: "hinge loss", unit: "", at: "score", start: 1.5, step: 0.1, digits: 1, why: "So it is." };
const figure = { question, places: [-2, 0.5], truths: [3, 0.5] };

test("the first of the largest gaps counts, on either side", () => {
  assert.equal(furthest([1, 2, 3], [2, 4, 1], [0, 1, 2]), 1);
  assert.equal(furthest([1, 2, 3], [2, 4, 1], [0, 2]), 2);
});

test("nothing is told before it is revealed; then the largest gap is", () => {
  assert.equal(reading(figure, [1, 0], false), "Guess.");
  assert.deepEqual(reading(figure, [1, 0], true), ["3.000", "is the hinge loss at score −2, where you drew 1.0. So it is."]);
  assert.equal(reading(figure, [2.96, 0.5], true), "Your sketch is right at all five places. So it is.");
});

test("a point that is still where it began was not drawn", () => {
  assert.deepEqual(touched(question, [1.5, 0.4]), [1]);
  assert.equal(reading(figure, [1.5, 0.5], true), "Your sketch is right wherever you set a point. So it is.");
  assert.deepEqual(reading(figure, [1.5, 0.4], true), ["0.500", "is the hinge loss at score 0.5, where you drew 0.4. So it is."]);
  assert.equal(reading(figure, [1.5, 1.5], true), "So it is.");
});

test("a sketch is right at all places or not at all", () => {
  assert.ok(isRight(figure, [2.96, 0.5]));
  assert.ok(!isRight(figure, [2.9, 0.5]));
  assert.ok(!isRight(figure, [3, 1.5])); // one place was left out
  assert.ok(!isRight({ ...figure, truths: [3, 1.5] }, [3, 1.5])); // and could be right by chance
});
