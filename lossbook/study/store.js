// What a reader has done, kept in the browser: under one key, for all pages, and nowhere else.
import { AGAIN, GOOD, graded } from "./schedule.js";

const KEY = "lossbook.progress";
const VERSION = 2;
const LARGEST = 1_000_000; // characters of a file that is read in
export const FRESH = 5; // new things in a day, of chapters that were begun
const SAYINGS = 1000; // of what was said before an answer, so many are kept

/**
 * @typedef {import("./schedule.js").Schedule} Schedule
 * @typedef {{ right: boolean, told: number[] }} Result
 * @typedef {{
 *   started: number, order: string[], variants: Record<string, number>, results: Record<string, Result>,
 * }} Test
 * @typedef {{ when: number, said: number, right: boolean }} Saying  How sure a reader was, in per cent.
 * @typedef {{
 *   lossbook: string, version: number, test: Test | null,
 *   cards: Record<string, Schedule>,
 *   questions: Record<string, Schedule & { right: boolean }>,
 *   tasks: Record<string, { tries: number, right: boolean, when: number }>,
 *   mistakes: Record<string, { times: number, when: number, question: string, overcome: number }>,
 *   days: Record<string, { done: number, right: number, fresh: number }>,
 *   sure: { asks: boolean, said: Saying[] },
 * }} Progress
 *   `questions` are all things that come back until they are answered right, predictions among them; `tasks` are exercises and
 *   steps of worked examples, which do not come back. `mistakes` go by the headings of the page of common errors: how often and
 *   when last, in which question or task, and when that was overcome, or 0. Of each of the `days`, such as "2026-11-29", how much was done, and what for the first time.
 */

/**
 * Nothing done yet.
 * @returns {Progress}
 */
export const nothing = () => ({
  lossbook: "progress", version: VERSION, questions: {}, cards: {}, tasks: {}, mistakes: {}, days: {}, sure: { asks: false, said: [] }, test: null,
});

const isRecord = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
const isId = (value) => typeof value === "string" && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(value) && value.length < 100;
const isDate = (value) => /^\d{4}-\d\d-\d\d$/.test(value);
const isTime = (value) => Number.isInteger(value) && value >= 0 && value < 1e14;
const isCount = (value) => Number.isInteger(value) && value >= 0 && value < 1e6;
const isAmount = (value) => Number.isFinite(value) && value >= 0 && value < 1e6;
const isAbove = (value) => isAmount(value) && value > 0;
const isShare = (value) => Number.isInteger(value) && value > 0 && value < 100;
const isBoolean = (value) => typeof value === "boolean";
const oneOf = (...values) => (value) => values.includes(value);
const listOf = (is) => (value) => Array.isArray(value) && value.length <= SAYINGS && value.every(is);
const mapOf = (is, isKey = isId) => (value) => isRecord(value) && Object.keys(value).every(isKey) && Object.values(value).every(is);
const shape = (parts) => (value) =>
  isRecord(value) && Object.keys(value).every((name) => Object.hasOwn(parts, name)) && Object.entries(parts).every(([name, is]) => is(value[name]));

const test = (value) => value === null || shape({
  started: isTime,
  order: listOf(isId),
  variants: mapOf(isCount),
  results: mapOf(shape({ right: isBoolean, told: listOf(isCount) })),
})(value);
const schedule = {
  due: isTime, last_review: isTime, stability: isAbove, difficulty: isAbove, state: oneOf(1, 2, 3), reps: isCount, lapses: isCount,
};
/** The parts that progress of each version has. */
const PARTS = {
  1: {
    questions: mapOf(shape({ right: isBoolean, tries: isCount, when: isTime })),
    cards: mapOf(shape({
      due: isTime, last_review: isTime, stability: isAmount, difficulty: isAmount, scheduled_days: isCount,
      learning_steps: isCount, reps: isCount, lapses: isCount, state: oneOf(0, 1, 2, 3),
    })),
    test,
  },
  [VERSION]: {
    questions: mapOf(shape({ ...schedule, right: isBoolean })),
    cards: mapOf(shape(schedule)),
    tasks: mapOf(shape({ tries: isCount, right: isBoolean, when: isTime })),
    mistakes: mapOf(shape({ times: isCount, when: isTime, question: isId, overcome: isTime })),
    days: mapOf(shape({ done: isCount, right: isCount, fresh: isCount }), isDate),
    sure: shape({ asks: isBoolean, said: listOf(shape({ when: isTime, said: isShare, right: isBoolean })) }),
    test,
  },
};

/**
 * Progress of version 1 as it would be of version 2: a question gets the schedule of its last answer.
 * @returns {Progress}
 */
function migrated({ questions, cards, test }) {
  const each = (entries, change) => Object.fromEntries(Object.entries(entries).map(([id, entry]) => [id, change(entry)]));
  return {
    ...nothing(),
    questions: each(questions, ({ right, tries, when }) => ({ ...graded(undefined, when)[right ? GOOD : AGAIN], reps: tries, right })),
    cards: each(cards, ({ due, last_review, stability, difficulty, state, reps, lapses }) => (
      { due, last_review, stability: stability || 0.1, difficulty: difficulty || 1, state: state || 1, reps, lapses }
    )),
    test,
  };
}

/** What a page says that must not touch what is kept. */
export const NEWER = "What this browser keeps of your progress was written by a newer edition of this course. This page reads nothing of it and "
  + "changes nothing: what you do here lasts as long as the page is open. Load the page again, or open the newer edition.";

/** Progress that a newer edition of the course has written. */
export class Newer extends Error {
  constructor(version) {
    super(`it is of version ${version}, of a newer edition of this course, and this page reads up to version ${VERSION}`);
  }
}

/**
 * The progress that a text holds; an error says what is wrong with it.
 * @param {string} text
 * @returns {Progress}
 */
export function parsed(text) {
  if (text.length > LARGEST) throw new Error("it is larger than any progress can be");
  let data;
  try {
    data = JSON.parse(text);
  } catch {
    throw new Error("it is not JSON, or only a part of it");
  }
  if (!isRecord(data) || data.lossbook !== "progress") throw new Error("it does not come from this course");
  const { version } = data;
  if (Number.isInteger(version) && version > VERSION) throw new Newer(version);
  if (!Object.hasOwn(PARTS, version)) throw new Error(`it is of version ${version}, and there is none`);
  const names = Object.keys(PARTS[version]);
  for (const name of names) {
    if (!PARTS[version][name](data[name])) throw new Error(`its part "${name}" is damaged`);
  }
  return version === 1 ? migrated(data) : { ...nothing(), ...Object.fromEntries(names.map((name) => [name, data[name]])) };
}

/**
 * Two progresses as one: of what both know, the later; of a day, what more was done.
 * @param {Progress} one
 * @param {Progress} other
 * @returns {Progress}
 */
export function merged(one, other) {
  const joined = (a, b, both) => {
    const ids = new Set([...Object.keys(a), ...Object.keys(b)]);
    return Object.fromEntries([...ids].map((id) => [id, a[id] && b[id] ? both(a[id], b[id]) : a[id] ?? b[id]]));
  };
  const later = (when) => (a, b) => (a[when] >= b[when] ? a : b);
  const said = new Map([...one.sure.said, ...other.sure.said].map((saying) => [saying.when, saying]));
  return {
    ...nothing(),
    questions: joined(one.questions, other.questions, later("last_review")),
    cards: joined(one.cards, other.cards, later("last_review")),
    tasks: joined(one.tasks, other.tasks, later("when")),
    mistakes: joined(one.mistakes, other.mistakes, (a, b) => (a.when === b.when ? later("overcome") : later("when"))(a, b)),
    days: joined(one.days, other.days, later("done")),
    sure: { asks: one.sure.asks, said: [...said.values()].sort((a, b) => a.when - b.when).slice(-SAYINGS) },
    test: (one.test?.started ?? -1) >= (other.test?.started ?? -1) ? one.test : other.test,
  };
}

// For browsers that keep nothing: at least as long as the page is open.
let kept = nothing();
let lasts = true;
let newer = false;

/** What is kept now; what cannot be read counts as nothing. */
export function progress() {
  if (!lasts && !newer) return kept;
  try {
    const text = localStorage.getItem(KEY);
    newer = false;
    kept = text === null ? nothing() : parsed(text);
  } catch (error) {
    // No storage, damaged or newer: the page goes on with what it knows.
    newer = error instanceof Newer;
  }
  return kept;
}

/** Whether what is kept comes from a newer edition: then this page reads nothing of it, and writes nothing over it. */
export function isNewer() {
  progress();
  return newer;
}

const listeners = new Set();

/**
 * Change what is kept: `update` gets the progress and alters it. Returns whether it will last.
 * @param {(progress: Progress) => void} update
 */
export function change(update) {
  kept = progress();
  update(kept);
  lasts = !newer;
  try {
    if (lasts) localStorage.setItem(KEY, JSON.stringify(kept));
  } catch {
    lasts = false; // storage is full or forbidden
  }
  for (const listener of [...listeners]) listener();
  return lasts;
}

/** Call `listener` now, and whenever something is kept, by this page or by another. */
export function follow(listener, signal) {
  listeners.add(listener);
  signal?.addEventListener("abort", () => listeners.delete(listener));
  addEventListener("storage", ({ key }) => { if (key === KEY || key === null) listener(); }, { signal });
  listener();
}

/** The date of a time where the reader is, such as "2026-11-29". */
export function dateOf(time) {
  const date = new Date(time);
  return [date.getFullYear(), date.getMonth() + 1, date.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
}

/** How many new things there is room for today. */
export const freshLeft = (all, now) => Math.max(0, FRESH - (all.days[dateOf(now)]?.fresh ?? 0));

function note(all, isFresh, isRight, now) {
  const day = (all.days[dateOf(now)] ??= { done: 0, right: 0, fresh: 0 });
  day.done += 1;
  day.right += Number(isRight);
  day.fresh += Number(isFresh);
}

/**
 * What an answer shows of misconceptions: those that it made, and those that it did not, on a later day than last time;
 * and of how sure the reader was.
 * @typedef {{ mistakes?: string[], traps?: string[], said?: number | null }} Shown  `traps` are all that the question leads into, `said` is in per cent.
 * @param {Progress} all
 * @param {string} id
 * @param {boolean} right
 * @param {Shown} shown
 * @param {number} now
 */
function learned(all, id, right, { mistakes = [], traps = [], said = null }, now) {
  if (said !== null) all.sure.said = [...all.sure.said, { when: now, said, right }].slice(-SAYINGS);
  for (const name of mistakes.filter(isId)) all.mistakes[name] = { times: (all.mistakes[name]?.times ?? 0) + 1, when: now, question: id, overcome: 0 };
  for (const name of right ? traps : []) {
    const known = all.mistakes[name];
    if (known && !known.overcome && dateOf(known.when) < dateOf(now)) known.overcome = now;
  }
}

/**
 * Note that a question was answered, and when it comes back.
 * @param {string} id
 * @param {boolean} right
 * @param {Shown} [shown]
 */
export function answered(id, right, shown = {}) {
  return change((all) => {
    const now = Date.now();
    note(all, !all.questions[id], right, now);
    all.questions[id] = { ...graded(all.questions[id], now)[right ? GOOD : AGAIN], right };
    learned(all, id, right, shown, now);
  });
}

/**
 * Note that an exercise, or a step of a worked example, was tried.
 * @param {string} id
 * @param {boolean} right
 * @param {Shown} [shown]
 */
export function tried(id, right, shown = {}) {
  if (!isId(id)) return true;
  return change((all) => {
    const now = Date.now();
    note(all, false, right, now);
    all.tasks[id] = { tries: (all.tasks[id]?.tries ?? 0) + 1, right, when: now };
    learned(all, id, right, shown, now);
  });
}

/**
 * Note that a card was turned, and how well it was known: a place in GRADES.
 * @param {string} id
 * @param {number} grade
 */
export function turned(id, grade) {
  return change((all) => {
    const now = Date.now();
    note(all, !all.cards[id], grade !== AGAIN, now);
    all.cards[id] = graded(all.cards[id], now)[grade];
  });
}
