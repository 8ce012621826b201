import assert from "node:assert/strict";
import { test } from "node:test";
import { parsed } from "../../lossbook/study/store.js";
import { KEY, most, opened, system } from "./adapter.mjs";

const ASKS = { asks: "one two three four" };
const entry = (right) => ({ due: 60_000, last_review: 0, stability: 1.5, difficulty: 5, state: 1, reps: 1, lapses: 0, right });
const done = (answers, more = {}) => JSON.stringify({ ...most([], []), questions: Object.fromEntries(Object.entries(answers).map(([id, right]) => [id, entry(right)])), ...more });
const score = (lms) => lms.values["cmi.core.score.raw"];
const status = (lms) => lms.values["cmi.core.lesson_status"];

test("a page that was only opened is incomplete and has no score", () => {
  const lms = system();
  opened(ASKS, lms);
  assert.deepEqual([status(lms), score(lms)], ["incomplete", undefined]);
});

test("the score is the share of what is right, and the page complete when all was tried", () => {
  const lms = system();
  const { localStorage } = opened(ASKS, lms);
  localStorage.setItem(KEY, done({ one: true, two: false, elsewhere: true }));
  assert.deepEqual([status(lms), score(lms)], ["incomplete", "25"]);
  localStorage.setItem(KEY, done({ one: true, two: false, three: true, four: true }));
  assert.deepEqual([status(lms), score(lms)], ["completed", "75"]);
});

test("what was reached is not lost by practising on, on this visit or the next", () => {
  const lms = system();
  opened(ASKS, lms).localStorage.setItem(KEY, done({ one: true, two: true, three: true, four: true }));
  opened(ASKS, lms).localStorage.setItem(KEY, done({ one: false, two: false, three: false, four: false }));
  assert.deepEqual([status(lms), score(lms)], ["completed", "100"]);
});

test("a section counts once its end was seen; both sections and questions are wanted", () => {
  const lms = system();
  const page = opened({ asks: "one", sections: "goals picture" }, lms);
  page.see("goals");
  page.localStorage.setItem(KEY, done({ one: true }));
  assert.equal(status(lms), "incomplete");
  const again = opened({ asks: "one", sections: "goals picture" }, lms);
  again.see("picture");
  assert.equal(status(lms), "completed");
});

test("a page without questions is complete by its sections, and has no score", () => {
  const lms = system();
  opened({ sections: "goals" }, lms).see("goals");
  assert.deepEqual([status(lms), score(lms)], ["completed", undefined]);
});

test("the self-test counts when it is finished, by its own results", () => {
  const lms = system();
  const results = { a: { right: true, told: [0] }, b: { right: false, told: [1, 2] } };
  const taken = (known) => ({ test: { started: 5, order: ["b", "a"], variants: { a: 1, b: 0 }, results: known } });
  const { localStorage } = opened({ test: "" }, lms);
  localStorage.setItem(KEY, done({ a: true }, taken({ a: results.a })));
  assert.deepEqual([status(lms), score(lms)], ["incomplete", undefined]);
  localStorage.setItem(KEY, done({ a: true, b: false }, taken(results)));
  assert.deepEqual([status(lms), score(lms)], ["completed", "50"]);
  const back = parsed(opened({ test: "" }, lms).localStorage.getItem(KEY));
  assert.deepEqual(back.test, taken(results).test);
});

test("who comes back finds what was done, as the store reads it", () => {
  const lms = system();
  const before = most(["one", "two"], ["card"]);
  opened(ASKS, lms).localStorage.setItem(KEY, JSON.stringify(before));
  const after = parsed(opened(ASKS, lms).localStorage.getItem(KEY));
  assert.equal(after.questions.one.right, false);
  assert.equal(after.questions.one.due, before.questions.one.due);
  assert.deepEqual(Object.keys(after.cards), ["card"]);
  assert.ok(Math.abs(after.cards.card.stability / before.cards.card.stability - 1) < 0.005);
});

test("another user of the same browser finds nothing, and nothing is kept in the browser", () => {
  const page = opened(ASKS, system());
  page.localStorage.setItem(KEY, done({ one: true }));
  page.localStorage.setItem("mode", "dark");
  assert.equal(page.localStorage.getItem("mode"), "dark");
  const other = opened(ASKS, system());
  assert.deepEqual([other.localStorage.getItem(KEY), other.localStorage.getItem("mode")], [null, null]);
});

test("a state that cannot be read is none", () => {
  for (const kept of ["", "{", "[]", "[9,{},{},null,[]]", '[1,{"one":3},{},null,[]]', "null", "x".repeat(5000)]) {
    const lms = system({ "cmi.suspend_data": kept });
    const { localStorage } = opened(ASKS, lms);
    assert.equal(localStorage.getItem(KEY), null);
    localStorage.setItem(KEY, done({ one: true }));
    assert.equal(score(lms), "25");
  }
});

test("leaving says for how long, suspends and finishes, once", () => {
  const lms = system();
  const page = opened(ASKS, lms);
  page.fire("pagehide");
  page.fire("pagehide");
  assert.match(lms.values["cmi.core.session_time"], /^\d{4}:\d\d:\d\d$/);
  assert.equal(lms.values["cmi.core.exit"], "suspend");
  assert.deepEqual(lms.calls.filter(([name]) => name === "finish").length, 1);
});

test("where nothing is kept the page says so", () => {
  const alone = opened(ASKS);
  assert.match(alone.notes[0], /No learning system answers/);
  alone.localStorage.setItem(KEY, done({ one: true }));
  assert.equal(parsed(alone.localStorage.getItem(KEY)).questions.one.right, true);
  const lms = system();
  const page = opened(ASKS, lms);
  assert.deepEqual(page.notes, []);
  lms.refuses = true;
  page.localStorage.setItem(KEY, done({ one: true }));
  assert.match(page.notes[0], /did not take/);
});

test("an attempt that is closed is only looked at, and the page says so", () => {
  const lms = system({ "cmi.core.lesson_mode": "review", "cmi.core.lesson_status": "completed", "cmi.core.score.raw": "50" });
  const page = opened(ASKS, lms);
  page.localStorage.setItem(KEY, done({ one: true, two: true, three: true, four: true }));
  assert.deepEqual([score(lms), lms.values["cmi.suspend_data"]], ["50", undefined]);
  assert.match(page.notes[0], /closed/);
});

test("more than the standard allows is not sent, and the page says so", () => {
  const lms = system();
  const page = opened(ASKS, lms);
  const ids = Array.from({ length: 200 }, (_, i) => `question-with-a-long-name-${i}`);
  page.localStorage.setItem(KEY, JSON.stringify(most(ids, [])));
  assert.match(page.notes[0], /did not take/);
  assert.ok((lms.values["cmi.suspend_data"] ?? "").length <= 4096);
});
