import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { beforeEach, test } from "node:test";
import { answered, change, dateOf, follow, isNewer, merged, nothing, parsed, progress, tried, turned } from "../../lossbook/study/store.js";

const KEY = "lossbook.progress";
const ENTRY = { due: 9, last_review: 5, stability: 2.3, difficulty: 5, state: 2, reps: 1, lapses: 0 };
const FULL = {
  ...nothing(),
  questions: { "by-hand": { ...ENTRY, right: true } },
  cards: { "hinge-kink": ENTRY },
  tasks: { "hinge-margin": { tries: 2, right: true, when: 5 } },
  mistakes: { "log-base-2": { times: 1, when: 5, question: "by-hand", overcome: 0 } },
  days: { "2026-11-29": { done: 3, right: 2, fresh: 1 } },
  sure: { asks: true, said: [{ when: 5, said: 90, right: true }] },
  test: { started: 3, order: ["by-hand"], variants: { "by-hand": 1 }, results: { "by-hand": { right: false, told: [0] } } },
};
// What the page of quizzes saved when version 1 was all there was.
const FILE = new URL("progress-version-1.json", import.meta.url);
const NEWER = JSON.stringify({ lossbook: "progress", version: 3, memories: [] });

let kept;
beforeEach(() => {
  kept = new Map();
  globalThis.addEventListener = () => {};
  const storage = { getItem: (key) => kept.get(key) ?? null, setItem: (key, text) => kept.set(key, text) };
  globalThis.localStorage = /** @type {any} */ (storage); // as far as the store uses it
  change((all) => Object.assign(all, nothing()));
});

/** FULL, with one part of it replaced. */
const altered = (...path) => {
  const data = structuredClone(FULL);
  const value = path.pop();
  const last = path.pop();
  path.reduce((part, name) => part[name], data)[last] = value;
  return JSON.stringify(data);
};

test("what was kept is read as it was", () => {
  assert.deepEqual(parsed(JSON.stringify(FULL)), FULL);
});

test("what is damaged is refused, with the part", () => {
  assert.throws(() => parsed("{"), /not JSON/);
  assert.throws(() => parsed("[]"), /does not come from this course/);
  assert.throws(() => parsed(altered("lossbook", "x")), /does not come from this course/);
  assert.throws(() => parsed(altered("version", 0)), /version 0, and there is none/);
  assert.throws(() => parsed(altered("version", "constructor")), /there is none/);
  assert.throws(() => parsed(" ".repeat(1_000_001)), /larger/);
  const faults = [
    ["questions", []],
    ["questions", "by-hand", "right", "yes"],
    ["questions", "by-hand", "reps", -1],
    ["questions", "by-hand", "html", "<b>"],
    ["questions", "<img src=x>", { ...ENTRY, right: true }],
    ["cards", "hinge-kink", "due", 1.5],
    ["cards", "hinge-kink", "stability", null],
    ["cards", "hinge-kink", "stability", 0],
    ["cards", "hinge-kink", "state", 4],
    ["tasks", "hinge-margin", "right", "yes"],
    ["tasks", "<b>", { tries: 1, right: true, when: 5 }],
    ["mistakes", "log-base-2", "question", "<b>"],
    ["mistakes", "log-base-2", "overcome", false],
    ["days", "yesterday", { done: 1, right: 1, fresh: 1 }],
    ["days", "2026-11-29", "done", "3"],
    ["sure", "asks", 1],
    ["sure", "said", 0, "said", 100],
    ["sure", "said", 0, "said", 0],
    ["test", {}],
    ["test", "order", "by-hand"],
    ["test", "results", "by-hand", "told", ["<b>"]],
  ];
  for (const fault of faults) assert.throws(() => parsed(altered(...fault)), new RegExp(`"${fault[0]}" is damaged`), String(fault));
});

test("a file of version 1 is read, and nothing of it is lost", () => {
  const text = readFileSync(FILE, "utf8");
  const [old, now] = [JSON.parse(text), parsed(text)];
  assert.deepEqual(parsed(JSON.stringify(now)), now);
  assert.deepEqual(now.test, old.test);
  assert.deepEqual(Object.keys(now.questions), Object.keys(old.questions));
  for (const [id, { right, tries, when }] of Object.entries(old.questions)) {
    const entry = now.questions[id];
    assert.deepEqual([entry.right, entry.reps, entry.last_review], [right, tries, when]);
    assert.ok(right ? entry.due > when + 86_400_000 : entry.due < when + 3_600_000, id);
  }
  for (const [id, { scheduled_days: _, learning_steps: __, ...entry }] of Object.entries(old.cards)) assert.deepEqual(now.cards[id], entry);
});

test("what version 1 could hold and FSRS could not goes on as well", () => {
  const card = { ...ENTRY, stability: 0, difficulty: 0, state: 0, scheduled_days: 0, learning_steps: 0 };
  const now = parsed(JSON.stringify({ lossbook: "progress", version: 1, questions: {}, cards: { a: card }, test: null }));
  assert.deepEqual(parsed(JSON.stringify(now)), now);
  assert.throws(() => parsed('{"lossbook": "progress", "version": 1, "questions": {"a": 1}, "cards": {}, "test": null}'), /"questions" is damaged/);
});

test("of a newer version nothing is read, and nothing is written over it", () => {
  kept.set(KEY, NEWER);
  assert.deepEqual(progress(), nothing());
  assert.ok(isNewer());
  assert.equal(answered("by-hand", true), false);
  assert.equal(progress().questions["by-hand"].right, true); // as long as the page is open
  assert.equal(kept.get(KEY), NEWER);
  assert.throws(() => parsed(NEWER), /version 3, of a newer edition of this course, and this page reads up to version 2/);
  kept.delete(KEY);
  assert.ok(!isNewer());
});

test("what a page of a newer edition wrote meanwhile stays", () => {
  answered("by-hand", true);
  kept.set(KEY, NEWER);
  assert.equal(answered("who-pays", true), false);
  assert.equal(kept.get(KEY), NEWER);
});

test("an answer is kept and counted", () => {
  assert.equal(answered("by-hand", false), true);
  answered("by-hand", true);
  const { right, reps, due } = JSON.parse(kept.get(KEY)).questions["by-hand"];
  assert.deepEqual([right, reps], [true, 2]);
  assert.ok(due > Date.now());
});

test("of an answer also is kept how sure it was, what was mistaken, and on which day", () => {
  answered("by-hand", false, { said: 90, mistakes: ["log-base-2", "<b>"] });
  turned("hinge-kink", 2);
  turned("hinge-kink", 0);
  const { sure, mistakes, days, cards } = parsed(kept.get(KEY));
  assert.deepEqual(sure.said.map(({ said, right }) => [said, right]), [[90, false]]);
  assert.deepEqual(Object.entries(mistakes).map(([name, { times, question }]) => [name, times, question]), [["log-base-2", 1, "by-hand"]]);
  assert.deepEqual(days, { [dateOf(Date.now())]: { done: 3, right: 1, fresh: 2 } });
  assert.equal(cards["hinge-kink"].reps, 2);
});

test("a misconception is overcome by a right answer of a later day, and not by one of the same day", (t) => {
  t.mock.timers.enable({ apis: ["Date"], now: new Date(2026, 4, 10, 12).getTime() });
  const traps = ["log-base-2", "sum-for-mean"];
  const standing = () => progress().mistakes["log-base-2"];
  answered("by-hand", false, { mistakes: ["log-base-2"], traps });
  answered("by-hand", true, { traps });
  assert.equal(standing().overcome, 0);
  t.mock.timers.setTime(new Date(2026, 4, 11, 9).getTime());
  answered("who-pays", true, { traps: ["sum-for-mean"] }); // which leads to another one
  answered("who-pays", false, { traps });
  assert.equal(standing().overcome, 0);
  answered("who-pays", true, { traps });
  const then = Date.now();
  assert.equal(standing().overcome, then);
  t.mock.timers.setTime(new Date(2026, 4, 12, 9).getTime());
  answered("who-pays", true, { traps });
  assert.equal(standing().overcome, then); // it stays the first time
  tried("hinge-margin", false, { mistakes: ["log-base-2"], said: 70 });
  assert.deepEqual(progress().sure.said, [{ when: Date.now(), said: 70, right: false }]); // as of a question
  assert.deepEqual(standing(), { times: 2, when: Date.now(), question: "hinge-margin", overcome: 0 });
  assert.deepEqual(Object.keys(progress().mistakes), ["log-base-2"]);
});

test("an exercise and a step of a worked example count, and do not come back", () => {
  tried("hinge-margin", false);
  tried("hinge-margin", true);
  tried("<b>", true);
  const { tasks, questions, days } = parsed(kept.get(KEY));
  assert.deepEqual(Object.entries(tasks).map(([id, { tries, right }]) => [id, tries, right]), [["hinge-margin", 2, true]]);
  assert.deepEqual(questions, {});
  assert.deepEqual(days, { [dateOf(Date.now())]: { done: 2, right: 1, fresh: 0 } });
});

test("of what was said before answers the last thousand are kept", () => {
  change(({ sure }) => { sure.said = Array.from({ length: 1000 }, (_, when) => ({ when, said: 50, right: true })); });
  answered("by-hand", true, { said: 70 });
  const { said } = parsed(kept.get(KEY)).sure;
  assert.deepEqual([said.length, said[0].when, said[999].said], [1000, 1, 70]);
});

test("a damaged store counts as what the page knows, and is written anew", () => {
  kept.set(KEY, '{"lossbook": "progress", "version": 1, "questions": 5}');
  assert.deepEqual(progress(), nothing());
  answered("by-hand", true);
  assert.equal(parsed(kept.get(KEY)).questions["by-hand"].right, true);
});

test("where nothing can be stored the page goes on, and says so", () => {
  localStorage.setItem = () => { throw new Error("full"); };
  assert.equal(answered("by-hand", true), false);
  assert.equal(answered("who-pays", false), false);
  assert.deepEqual(Object.keys(progress().questions), ["by-hand", "who-pays"]);
});

test("who follows hears of every change until the end", () => {
  let heard = 0;
  const stop = new AbortController();
  follow(() => { heard += 1; }, stop.signal);
  answered("by-hand", true);
  stop.abort();
  answered("by-hand", true);
  assert.equal(heard, 2);
});

test("of two progresses the later entries are kept, and no answer is counted twice", () => {
  const other = structuredClone(FULL);
  other.questions = { "by-hand": { ...ENTRY, right: false, last_review: 8 }, "who-pays": { ...ENTRY, right: true } };
  other.cards["hinge-kink"] = { ...ENTRY, last_review: 4 };
  other.days = { "2026-11-29": { done: 2, right: 2, fresh: 2 }, "2026-11-30": { done: 1, right: 1, fresh: 0 } };
  other.tasks["hinge-margin"] = { tries: 3, right: false, when: 6 };
  other.mistakes["log-base-2"].overcome = 7;
  other.sure.said.push({ when: 6, said: 10, right: false });
  other.test.started = 4;
  for (const both of [merged(FULL, other), merged(other, FULL)]) {
    assert.deepEqual(both.questions, other.questions);
    assert.deepEqual(both.cards, FULL.cards);
    assert.deepEqual(both.tasks, other.tasks);
    assert.deepEqual(both.mistakes, other.mistakes);
    assert.deepEqual(both.days, { ...other.days, ...FULL.days });
    assert.deepEqual(both.sure, other.sure);
    assert.deepEqual(both.test, other.test);
  }
});
