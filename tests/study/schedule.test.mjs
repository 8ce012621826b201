import assert from "node:assert/strict";
import { test } from "node:test";
import { createEmptyCard, fsrs } from "ts-fsrs";
import { due, graded, isDue, LEARNING, RELEARNING, REVIEW, soon, span, until } from "../../lossbook/study/schedule.js";
import { nothing, parsed } from "../../lossbook/study/store.js";

const NOW = new Date(2026, 4, 10, 12).getTime();
const [MINUTE, DAY] = [60_000, 86_400_000];
const reference = fsrs({ learning_steps: ["10m"], relearning_steps: ["10m"] });

/** Numbers that look random, and are the same in every run. */
function numbers(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

test("every schedule is that of the reference implementation", () => {
  const random = numbers(7);
  for (let run = 0; run < 100; run += 1) {
    let now = NOW + Math.floor(random() * 1e9);
    /** @type {any} */
    let entry;
    let card = createEmptyCard(new Date(now));
    for (let step = 0; step < 12; step += 1) {
      const ours = graded(entry, now);
      for (const [grade, { due: then, ...rest }] of ours.entries()) {
        const theirs = /** @type {any} */ (reference.next(card, new Date(now), grade + 1).card);
        assert.equal(then, theirs.due.getTime());
        for (const name of ["stability", "difficulty", "state", "reps", "lapses"]) assert.ok(Math.abs(rest[name] - theirs[name]) < 2e-8, name);
      }
      const grade = Math.floor(random() * 4);
      entry = ours[grade];
      card = reference.next(card, new Date(now), grade + 1).card;
      now = random() < 0.6 ? entry.due + Math.floor(random() * DAY) : now + Math.floor(random() * DAY / 2);
    }
  }
});

test("a better grade sends it farther away, and every schedule can be kept", () => {
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
  assert.deepEqual([entry.reps, entry.lapses, entry.state], [6, 1, REVIEW]);
});

test("what is known well comes back in months", () => {
  let entry;
  let now = NOW;
  for (let i = 0; i < 6; i += 1) {
    entry = graded(entry, now)[2];
    now = entry.due;
  }
  assert.ok(entry.due - entry.last_review > 60 * DAY);
});

test("what comes back in days is due from the morning of its day, what is not known yet after its minutes", () => {
  const evening = new Date(2026, 4, 10, 23, 59).getTime();
  assert.ok(isDue({ due: evening, state: REVIEW }, NOW));
  assert.ok(!isDue({ due: evening + 2 * MINUTE, state: REVIEW }, NOW));
  assert.ok(!isDue({ due: NOW + MINUTE, state: RELEARNING }, NOW));
  assert.ok(isDue({ due: NOW, state: LEARNING }, NOW));
});

test("the longest due comes before the others; what comes back in minutes stands apart", () => {
  const entries = /** @type {any} */ ({ // as far as it is read
    a: { due: NOW + 2 * DAY, state: REVIEW }, b: { due: NOW, state: REVIEW }, d: { due: NOW - DAY, state: REVIEW },
    e: { due: NOW + 10 * MINUTE, state: LEARNING }, f: { due: NOW + 40 * MINUTE, state: LEARNING },
  });
  const ids = ["a", "b", "c", "d", "e", "f"];
  assert.deepEqual(due(ids, entries, NOW), ["d", "b"]);
  assert.deepEqual(soon(ids, entries, NOW), ["e"]);
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
