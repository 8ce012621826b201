import assert from "node:assert/strict";
import { test } from "node:test";
import { counted, meanCost } from "../../lossbook/study/confidence.js";

const STEPS = [{ said: 10, log: [2.3, 0.1], brier: [0.81, 0.01] }, { said: 50, log: [0.7, 0.7], brier: [0.25, 0.25] }, { said: 90, log: [0.1, 2.3], brier: [0.01, 0.81] }];
const say = (said, right) => ({ when: 1, said, right });

test("what was said is counted by step", () => {
  assert.deepEqual(counted(STEPS, [say(90, true), say(90, false), say(10, false)]), [
    { said: 10, count: 1, right: 0 }, { said: 50, count: 0, right: 0 }, { said: 90, count: 2, right: 1 },
  ]);
});

test("the mean is of what each answer cost, and the best step is that of who cannot tell", () => {
  const sayings = [say(90, true), say(10, false), say(90, true), say(10, true)];
  const { own, best } = meanCost(STEPS, sayings, "log");
  assert.ok(Math.abs(own - (0.1 + 0.1 + 0.1 + 2.3) / 4) < 1e-12);
  assert.deepEqual([best.said, best.cost.toFixed(3)], [90, ((3 * 0.1 + 2.3) / 4).toFixed(3)]);
  assert.equal(meanCost(STEPS, [say(50, true)], "brier").own, 0.25);
});
