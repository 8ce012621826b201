import assert from "node:assert/strict";
import { test } from "node:test";
import { radius, reading } from "../../lossbook/explorers/temperature.js";

test("the reading tells thousandths as numbers and as per cent", () => {
  const state = { temperatures: [1, 2.18102], measures: [[0, 0, 0, 0, 0], [838, 368, 41, 715, 744]] };
  assert.deepEqual(reading(state, 1), [
    "0.838 nats",
    "is the cross-entropy at temperature 2.18, Brier score 0.368, ECE 0.041. "
      + "The model is right for 74.4\u00a0% of the test images, and 71.5\u00a0% sure on average.",
  ]);
});

test("the area of a dot grows with what it counts, evenly", () => {
  const area = (count) => radius(count, 100) ** 2;
  assert.equal(radius(100, 100), 9);
  assert.ok(Math.abs(area(60) - area(40) - (area(40) - area(20))) < 1e-9);
});
