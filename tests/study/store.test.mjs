import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { answered, change, follow, merged, nothing, parsed, progress } from "../../lossbook/study/store.js";

const KEY = "lossbook.progress";
const CARD = { due: 9, last_review: 5, stability: 2.3, difficulty: 5, scheduled_days: 1, learning_steps: 0, reps: 1, lapses: 0, state: 2 };
const FULL = {
  ...nothing(),
  questions: { "by-hand": { right: true, tries: 2, when: 7 } },
  cards: { "hinge-kink": CARD },
  test: { started: 3, order: ["by-hand"], variants: { "by-hand": 1 }, results: { "by-hand": { right: false, told: [0] } } },
};

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
  assert.throws(() => parsed(altered("version", 2)), /version 2/);
  assert.throws(() => parsed(" ".repeat(1_000_001)), /larger/);
  const faults = [
    ["questions", []],
    ["questions", "by-hand", "right", "yes"],
    ["questions", "by-hand", "tries", -1],
    ["questions", "by-hand", "html", "<b>"],
    ["questions", "<img src=x>", { right: true, tries: 1, when: 1 }],
    ["cards", "hinge-kink", "due", 1.5],
    ["cards", "hinge-kink", "stability", null],
    ["cards", "hinge-kink", "state", 4],
    ["test", {}],
    ["test", "order", "by-hand"],
    ["test", "results", "by-hand", "told", ["<b>"]],
  ];
  for (const fault of faults) assert.throws(() => parsed(altered(...fault)), new RegExp(`"${fault[0]}" is damaged`), String(fault));
});

test("an answer is kept and counted", () => {
  assert.equal(answered("by-hand", false), true);
  answered("by-hand", true);
  const { right, tries } = JSON.parse(kept.get(KEY)).questions["by-hand"];
  assert.deepEqual([right, tries], [true, 2]);
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

test("of two progresses the later entries are kept", () => {
  const other = structuredClone(FULL);
  other.questions = { "by-hand": { right: false, tries: 3, when: 8 }, "who-pays": { right: true, tries: 1, when: 1 } };
  other.cards["hinge-kink"] = { ...CARD, last_review: 4 };
  other.test.started = 4;
  for (const both of [merged(FULL, other), merged(other, FULL)]) {
    assert.deepEqual(both.questions, other.questions);
    assert.deepEqual(both.cards, FULL.cards);
    assert.deepEqual(both.test, other.test);
  }
});
