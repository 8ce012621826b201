import assert from "node:assert/strict";
import { test } from "node:test";
import { blanks } from "../../lossbook/study/worked.js";

test("first all steps are shown, then the last is left to do, then two, then all", () => {
  assert.deepEqual([0, 1, 2, 3, 4, 9].map((time) => blanks(time, 4)), [0, 1, 2, 4, 4, 4]);
  assert.deepEqual([0, 1, 2, 3].map((time) => blanks(time, 2)), [0, 1, 2, 2]);
});
