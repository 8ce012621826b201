import assert from "node:assert/strict";
import { test } from "node:test";
import { reading } from "../../lossbook/explorers/claim.js";

test("the reading tells the cost with and without the constant, and the cheapest claim", () => {
  const about = { variances: [1, 4, 16], errors: [0, 2], costs: [[1, 2, 3], [2.9189, 2.1121, 2.4302]], constant: 0.918939 };
  assert.deepEqual(reading(about, 2, 1), [
    "2.430 nats",
    "for an error of 2.0 and a claimed variance of 16.00; without the constant 1.511. For this error, the variance 4.00 is the cheapest here.",
  ]);
  assert.match(reading(about, 1, 0)[1], /^for an error of 0\.0 .* the variance 1\.00 is the cheapest here\.$/);
});
