import assert from "node:assert/strict";
import { test } from "node:test";
import { reading, tangent } from "../../lossbook/explorers/curve.js";

test("the tangent goes through the point, on its slope", () => {
  const [x1, y1, x2, y2] = tangent(2, 5, -3, 0.5);
  assert.deepEqual([(x1 + x2) / 2, (y1 + y2) / 2, (y2 - y1) / (x2 - x1)], [2, 5, -3]);
});

test("the reading names every loss; what is infinite is called so", () => {
  const curves = [
    { title: "cross-entropy", heights: [null, 0.5], slopes: [null, -1] },
    { title: "other", heights: [2, 0.25], slopes: [-4, 0] },
  ];
  const figure = { axis: "probability", xs: [0, 0.6], curves };
  assert.equal(reading(figure, 1), "At probability 0.60: cross-entropy 0.500, slope −1.000; other 0.250, slope 0.000.");
  assert.match(reading(figure, 0), /cross-entropy infinite, slope infinite;/);
});
