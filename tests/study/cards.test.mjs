import assert from "node:assert/strict";
import { test } from "node:test";
import { due, graded, span, until } from "../../lossbook/study/cards.js";
import { nothing, parsed } from "../../lossbook/study/store.js";

const NOW = new Date(2026, 4, 10, 12).getTime();
const [MINUTE, DAY] = [60_000, 86_400_000];

test("a better grade sends a card farther away, and every schedule can be kept", () => {
  let entry;
  let now = NOW;
  for (const choice of [2, 2, 3, 0, 1, 2]) {
    const entries = graded(entry, now);
    const waits = entries.map(({ due: then }) => then - now);
    assert.deepEqual([...waits].sort((a, b) => a - b), waits);
    assert.ok(waits[0] <= 10 * MINUTE);
    for (const one of entries) parsed(JSON.stringify({ ...nothing(), cards: { a: one } }));
    entry = JSON.parse(JSON.stringify(entries[choice]));
    now = entry.due;
  }
  assert.deepEqual([entry.reps, entry.lapses], [6, 1]);
});

test("cards known well come back in months", () => {
  let entry;
  let now = NOW;
  for (let i = 0; i < 6; i += 1) {
    entry = graded(entry, now)[2];
    now = entry.due;
  }
  assert.ok(entry.scheduled_days > 60);
});

test("due cards come first, the longest due before the others, then new ones", () => {
  const cards = { a: { due: NOW + 1 }, b: { due: NOW }, d: { due: NOW - DAY } };
  assert.deepEqual(due(["a", "b", "c", "d", "e"], cards, NOW), ["d", "b", "c", "e"]);
});

test("lengths of time are said in a word or two", () => {
  const said = [5_000, 10 * MINUTE, 3 * 60 * MINUTE, DAY, 8 * DAY, 90 * DAY, 800 * DAY].map(span);
  assert.deepEqual(said, ["1 min", "10 min", "3 h", "1 day", "8 days", "3 months", "2 years"]);
});

test("the next date is said as one says it", () => {
  assert.equal(until(NOW + 30 * MINUTE, NOW), "12:30 today");
  assert.equal(until(NOW + DAY, NOW), "tomorrow");
  assert.equal(until(NOW + 3 * DAY, NOW), "13 May 2026");
});
