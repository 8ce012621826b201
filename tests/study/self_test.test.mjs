import assert from "node:assert/strict";
import { test } from "node:test";
import { fits, newTest, next } from "../../lossbook/study/self_test.js";
import { nothing, parsed } from "../../lossbook/study/store.js";

const IDS = ["a", "b", "c"];

test("a new test asks each question once, in a variant that there is", () => {
  for (let i = 0; i < 50; i += 1) {
    const made = newTest(IDS, [1, 3, 2], 5);
    assert.deepEqual([...made.order].sort(), IDS);
    assert.ok(made.variants.a < 1 && made.variants.b < 3 && made.variants.c < 2);
    assert.deepEqual(parsed(JSON.stringify({ ...nothing(), test: made })).test, made);
  }
});

test("the next test asks with other numbers, where there are others", () => {
  const last = { a: 0, b: 0, c: 1 };
  for (let i = 0; i < 50; i += 1) {
    const { variants } = newTest(IDS, [1, 3, 2], 5, last);
    assert.deepEqual([variants.a, variants.c], [0, 0]);
    assert.ok(variants.b === 1 || variants.b === 2);
  }
});

test("one goes on with the first question that is not answered", () => {
  const made = { ...newTest(IDS, [1, 1, 1], 5), order: ["b", "a", "c"] };
  assert.equal(next(made), 0);
  made.results.b = { right: true, told: [] };
  assert.equal(next(made), 1);
  made.results.a = made.results.c = made.results.b;
  assert.equal(next(made), -1);
});

test("a test of other questions is not gone on with", () => {
  const made = newTest(IDS, [1, 1, 1], 5);
  assert.ok(fits(made, IDS));
  assert.ok(!fits(made, ["a", "b", "d"]) && !fits(made, ["a", "b"]) && !fits(null, IDS));
});
