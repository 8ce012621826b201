import assert from "node:assert/strict";
import { test } from "node:test";
import { nothing } from "../../lossbook/study/store.js";
import { interleaved, planned } from "../../lossbook/study/session.js";
import { ahead, recent, waiting } from "../../lossbook/study/today.js";

const NOW = new Date(2026, 4, 10, 12).getTime();
const DAY = 86_400_000;
/** @type {(topic: string, count: number) => import("../../lossbook/study/session.js").Thing[]} */
const things = (topic, count) => Array.from({ length: count }, (_, i) => ({ id: `${topic}-${i}`, kind: i % 2 ? "cards" : "questions", topic }));
const ALL = [...things("a", 8), ...things("b", 30), ...things("c", 4)];

/** Progress in which some things were learned so that they are due then. */
function known(due) {
  const all = nothing();
  for (const [thing, when] of due) all[thing.kind][thing.id] = { due: when, last_review: when - DAY, stability: 1, difficulty: 5, state: 2, reps: 1, lapses: 0, right: true };
  return all;
}

test("two of a topic follow each other only if nothing else is left", () => {
  const mixed = interleaved([...things("a", 4), ...things("b", 2), ...things("c", 2)]);
  assert.equal(mixed.length, 8);
  mixed.forEach(({ topic }, i) => assert.notEqual(topic, mixed[i + 1]?.topic));
  assert.deepEqual(interleaved(things("a", 3)), things("a", 3));
  assert.deepEqual(interleaved([]), []);
});

test("of a topic the longest due comes first", () => {
  const all = known(things("a", 4).map((thing, i) => [thing, NOW - i * DAY]));
  const { order, due } = planned(ALL, all, NOW);
  assert.deepEqual(order.slice(0, 4).map(({ id }) => id), ["a-3", "a-2", "a-1", "a-0"]);
  assert.equal(due, 4);
});

test("a session has an end: twenty that are due, and then nothing new", () => {
  const all = known(ALL.slice(0, 38).map((thing) => [thing, NOW - DAY]));
  const { order, due, fresh } = planned(ALL, all, NOW);
  assert.deepEqual([order.length, due, fresh], [20, 38, 0]);
});

test("what is new comes from topics that were begun, five a day, after what is due", () => {
  const all = known([[ALL[0], NOW]]);
  const first = planned(ALL, all, NOW);
  assert.deepEqual(first.order.map(({ topic }) => topic).join(""), "aaaaaa");
  assert.deepEqual([first.order[0].id, first.fresh, first.unseen], ["a-0", 5, 7]);
  all.days["2026-05-10"] = { done: 4, right: 4, fresh: 4 };
  assert.equal(planned(ALL, all, NOW).fresh, 1);
  all.days["2026-05-10"].fresh = 30;
  assert.equal(planned(ALL, all, NOW).fresh, 0);
  assert.equal(planned(ALL, all, NOW, { more: true }).fresh, 5);
  assert.equal(planned(ALL, all, NOW + DAY).fresh, 5);
});

test("a new reader begins with the first topic", () => {
  const { order, due } = planned(ALL, nothing(), NOW);
  assert.deepEqual([due, order.map(({ id }) => id)], [0, ["a-0", "a-1", "a-2", "a-3", "a-4"]]);
});

test("what is due later today is due now, and tomorrow's is not", () => {
  const all = known([[ALL[0], NOW + 11 * 3_600_000], [ALL[1], NOW + 13 * 3_600_000]]);
  assert.equal(planned(ALL, all, NOW).due, 1);
});

test("what waits is counted without knowing what there is to ask", () => {
  assert.deepEqual(waiting(nothing(), NOW), { due: 0, fresh: 5, begun: false });
  const all = known([[ALL[0], NOW - DAY], [ALL[1], NOW + DAY]]);
  all.days["2026-05-10"] = { done: 2, right: 2, fresh: 2 };
  assert.deepEqual(waiting(all, NOW), { due: 1, fresh: 3, begun: true });
  assert.equal(waiting(all, NOW).due, planned(ALL, all, NOW).due);
});

test("the days are a record of four weeks, and a day without practice is only empty", () => {
  const marks = recent({ "2026-05-10": {}, "2026-05-08": {}, "2026-04-12": {} }, NOW);
  assert.equal(marks.length, 28);
  assert.deepEqual(marks.slice(-3), [true, false, true]);
  assert.deepEqual(marks.filter(Boolean).length, 2); // the third is longer ago
});

test("what comes next is said with its day", () => {
  assert.equal(ahead([], NOW), "");
  assert.equal(ahead([{ due: NOW - DAY }, { due: NOW + DAY }], NOW), "The next comes back tomorrow; 1 in the next seven days.");
  assert.equal(ahead([{ due: NOW + DAY }, { due: NOW + 3 * DAY }, { due: NOW + 30 * DAY }], NOW), "The next comes back tomorrow; 2 in the next seven days.");
  assert.equal(ahead([{ due: NOW + 3 * DAY }], NOW), "The next comes back on 13 May 2026; 1 in the next seven days.");
  assert.equal(ahead([{ due: NOW + 600_000 }], NOW), "The next comes back at 12:10 today; 1 in the next seven days.");
});
