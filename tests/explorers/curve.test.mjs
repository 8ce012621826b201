import assert from "node:assert/strict";
import { test } from "node:test";
import { reading, tangent } from "../../lossbook/explorers/curve.js";

test("the slope goes through the point, on its slope", () => {
  const [x1, y1, x2, y2] = tangent(2, 5, -3, 0.5);
  assert.deepEqual([(x1 + x2) / 2, (y1 + y2) / 2, (y2 - y1) / (x2 - x1)], [2, 5, -3]);
});

test("the reading names every loss; what is infinite is called so", () => {
  const curves = [
    { title: "cross-entropy", heights: [null, 0.5], slopes: [null, -1] },
    { title: "other", heights: [2, 0.25], slopes: [-4, 0] },
  ];
  const figure = { axis: "probability", xs: [0, 0.6], curves };
  assert.deepEqual(reading(figure, 1), ["0.500 and 0.250", "are the cross-entropy and the other at probability 0.60. Their slopes there are −1.000 and 0.000."]);
  assert.deepEqual(reading({ ...figure, curves: curves.slice(0, 1) }, 0), ["infinite", "is the cross-entropy at probability 0.00. Its slope there is infinite."]);
});
