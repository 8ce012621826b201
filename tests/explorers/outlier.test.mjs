import assert from "node:assert/strict";
import { test } from "node:test";
import { height, radius, reading } from "../../lossbook/explorers/outlier.js";

test("the area of a mark is the share: all of the loss is four times a quarter", () => {
  assert.equal(radius(1000), 2 * radius(250));
  assert.equal(radius(0), 0);
});

test("a line rises by its slope in dollars, drawn in thousands of them", () => {
  const fit = { slopes: [100, 120], intercepts: [20, -10] };
  assert.equal(height(fit, 1, 0), -10);
  assert.equal(height(fit, 1, 1000), 110);
});

test("between two samples the line lies between theirs", () => {
  assert.equal(height({ slopes: [100, 120], intercepts: [20, -10] }, 0.5, 1000), 5 + 110);
});

test("the reading tells the share under the chosen loss, and all three slopes", () => {
  const fits = [
    { title: "mean squared error", slopes: [51.4, 161.9], taken: [48.2, 42.6] },
    { title: "mean absolute error", slopes: [114.5, 112.7], taken: [28, 25.4] },
    { title: "Huber loss", slopes: [105.7, 127.6], taken: [35, 31.1] },
  ];
  assert.deepEqual(reading({ positions: [0, 500], fits }, 1, 2), [
    "31\u00a0%",
    "of the Huber loss comes from this one house, at 500 thousand dollars. "
      + "The MSE line rises by 162 dollars per square foot, the absolute-error line by 113, the Huber line by 128.",
  ]);
  const [share, rest] = reading({ positions: [0, 500], fits }, 0, 0);
  assert.equal(share, "48\u00a0%");
  assert.match(rest, /^of the mean squared error comes from this one house, at 0 thousand/);
});
