import assert from "node:assert/strict";
import { test } from "node:test";
import { counted, shown, standing } from "../../lossbook/study/standing.js";
import { nothing } from "../../lossbook/study/store.js";

const ENTRY = { last_review: 5, stability: 2.3, difficulty: 5, state: 2, reps: 1, lapses: 0, right: true };

test("a misconception is not shown, not overcome, or overcome, and comes back with the first of its questions", () => {
  const all = nothing();
  assert.deepEqual(standing("log-base-2", ["a", "b"], all), { state: "none", times: 0, when: 0, question: "", overcome: 0, due: null });
  assert.equal(standing("constructor", [], all).state, "none");
  all.questions = { a: { ...ENTRY, due: 9 }, b: { ...ENTRY, due: 7 }, c: { ...ENTRY, due: 1 } };
  all.mistakes["log-base-2"] = { times: 2, when: 3, question: "a", overcome: 0 };
  const { state, times, due } = standing("log-base-2", ["a", "b", "never-asked"], all);
  assert.deepEqual([state, times, due], ["open", 2, 7]);
  all.mistakes["log-base-2"].overcome = 4;
  assert.equal(standing("log-base-2", ["a"], all).state, "overcome");
});

test("of a goal is said what was shown, and nothing of what was not tried", () => {
  const entries = { a: { right: true }, b: { right: false } };
  const questions = { one: "question", done: "right", ...counted(["a", "b", "c"], entries) };
  const exercises = { one: "exercise", done: "solved", ...counted(["a"], entries) };
  const steps = { one: "worked step", done: "right", ...counted(["x", "toString"], entries) };
  assert.equal(shown([questions, steps, exercises]), "1 of 3 questions right, 1 not yet; 1 of 1 exercise solved");
  assert.equal(shown([steps]), "");
});
