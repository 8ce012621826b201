import assert from "node:assert/strict";
import { test } from "node:test";
import { reading, stacked } from "../../lossbook/explorers/quantile.js";

test("days of one bin stand on top of each other, at its middle", () => {
  assert.deepEqual(stacked([0, 3, 4, 5, 5, 9], 4), [[2, 0], [2, 1], [6, 0], [6, 1], [6, 2], [10, 0]]);
});

test("the reading tells the answer, both prices, and on how many days it was enough", () => {
  const about = { days: [1, 2, 3, 4], levels: [0.25, 0.75], answers: [1, 3], means: [0.375, 0.4375] };
  assert.deepEqual(reading(about, 1), [
    "3 bikes",
    "cost least at level 0.75, where one that is missing costs 0.75, and one that is idle 0.25. "
      + "They were enough on 3 of 4 days, 75\u00a0%. A day costs 0.44 on average.",
  ]);
  assert.match(reading(about, 0)[1], /^cost least at level 0\.25, where one that is missing costs 0\.25, and one that is idle 0\.75\. They were enough on 1 of 4 days/);
});
