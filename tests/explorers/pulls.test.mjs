import assert from "node:assert/strict";
import { test } from "node:test";
import { angleOf, chord, onCircle, reading, state, strongest, tip } from "../../lossbook/explorers/pulls.js";

const near = (got, wanted) => got.forEach((value, i) => assert.ok(Math.abs(value - wanted[i]) < 1e-12, `${got} is not ${wanted}`));

test("a place on the circle and its angle belong together, above and below", () => {
  near(onCircle(90, 1), [0, 1]);
  near(onCircle(90, -1), [0, -1]);
  near([angleOf(...onCircle(75, -1)), angleOf(3, 3), angleOf(-2, 0)], [75, 45, 180]);
  near([chord(60), chord(180)], [1, 2]);
});

test("an arrow goes along the circle, away from the anchor or towards it", () => {
  near(tip(0, 1, 0.5), [1, 0.5]);
  near(tip(0, -1, 0.5), [1, -0.5]);
  near(tip(90, 1, 0.5), [-0.5, 1]);
  near(tip(90, -1, 0.5), [-0.5, -1]);
  near(tip(90, 1, -0.5), [0.5, 1]);
});

const states = [[[[0, 10], [20, 30]], [[1, 2], [3, 4]], [[5, 6], [7, -8]]]];

test("a state is looked up by setting, positive and negative, and between samples", () => {
  assert.deepEqual(state(states, { setting: 0, positive: 1, negative: 0 }), { loss: 20, pull: 3, push: 7 });
  assert.deepEqual(state(states, { setting: 0, positive: 0.5, negative: 1 }), { loss: 20, pull: 3, push: -1 });
  assert.equal(strongest(states, 0), 7);
});

test("the reading names the loss as one says it", () => {
  const about = { loss: 130, pull: 500, push: 1500, near: 1, far: 1.25 };
  assert.deepEqual(reading({ ...about, title: "triplet loss" }), [
    "0.13",
    "is the triplet loss. The positive, 1.00 away, is pulled by 0.50; the negative, 1.25 away, is pushed by 1.50.",
  ]);
  assert.match(reading({ ...about, title: "InfoNCE" })[1], /^is InfoNCE\. The/);
});
