// What a reader has done, kept in the browser: under one key, for all pages, and nowhere else.

const KEY = "lossbook.progress";
const LARGEST = 1_000_000; // characters of a file that is read in

/**
 * @typedef {{ right: boolean, told: number[] }} Result
 * @typedef {{
 *   started: number, order: string[], variants: Record<string, number>, results: Record<string, Result>,
 * }} Test
 * @typedef {{
 *   lossbook: string, version: number, test: Test | null, cards: Record<string, any>,
 *   questions: Record<string, { right: boolean, tries: number, when: number }>,
 * }} Progress
 */

/**
 * Nothing done yet.
 * @returns {Progress}
 */
export const nothing = () => ({ lossbook: "progress", version: 1, questions: {}, cards: {}, test: null });

const isRecord = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
const isId = (value) => typeof value === "string" && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(value) && value.length < 100;
const isTime = (value) => Number.isInteger(value) && value >= 0 && value < 1e14;
const isCount = (value) => Number.isInteger(value) && value >= 0 && value < 1e6;
const isAmount = (value) => Number.isFinite(value) && value >= 0 && value < 1e6;
const isBoolean = (value) => typeof value === "boolean";
const listOf = (is) => (value) => Array.isArray(value) && value.length < 1000 && value.every(is);
const mapOf = (is) => (value) => isRecord(value) && Object.keys(value).every(isId) && Object.values(value).every(is);
const shape = (parts) => (value) =>
  isRecord(value) && Object.keys(value).every((name) => Object.hasOwn(parts, name)) && Object.entries(parts).every(([name, is]) => is(value[name]));

const PARTS = {
  questions: mapOf(shape({ right: isBoolean, tries: isCount, when: isTime })),
  cards: mapOf(shape({
    due: isTime, last_review: isTime, stability: isAmount, difficulty: isAmount, scheduled_days: isCount,
    learning_steps: isCount, reps: isCount, lapses: isCount, state: (value) => [0, 1, 2, 3].includes(value),
  })),
  test: (value) => value === null || shape({
    started: isTime,
    order: listOf(isId),
    variants: mapOf(isCount),
    results: mapOf(shape({ right: isBoolean, told: listOf(isCount) })),
  })(value),
};

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
  if (data.version !== 1) throw new Error(`it is of version ${data.version}, and this page reads version 1`);
  for (const [name, is] of Object.entries(PARTS)) {
    if (!is(data[name])) throw new Error(`its part "${name}" is damaged`);
  }
  const { questions, cards, test } = data;
  return { ...nothing(), questions, cards, test };
}

/**
 * Two progresses as one: of what both know, the later.
 * @param {Progress} one
 * @param {Progress} other
 * @returns {Progress}
 */
export function merged(one, other) {
  const later = (a, b, when) => {
    const ids = new Set([...Object.keys(a), ...Object.keys(b)]);
    const pick = (id) => ((a[id]?.[when] ?? -1) >= (b[id]?.[when] ?? -1) ? a[id] : b[id]);
    return Object.fromEntries([...ids].map((id) => [id, pick(id)]));
  };
  return {
    ...nothing(),
    questions: later(one.questions, other.questions, "when"),
    cards: later(one.cards, other.cards, "last_review"),
    test: (one.test?.started ?? -1) >= (other.test?.started ?? -1) ? one.test : other.test,
  };
}

// For browsers that keep nothing: at least as long as the page is open.
let kept = nothing();
let lasts = true;

/** What is kept now; what cannot be read counts as nothing. */
export function progress() {
  if (!lasts) return kept;
  try {
    const text = localStorage.getItem(KEY);
    kept = text === null ? nothing() : parsed(text);
  } catch {
    // No storage, or damaged: the page goes on with what it knows.
  }
  return kept;
}

const listeners = new Set();

/**
 * Change what is kept: `update` gets the progress and alters it. Returns whether it will last.
 * @param {(progress: Progress) => void} update
 */
export function change(update) {
  kept = progress();
  update(kept);
  try {
    localStorage.setItem(KEY, JSON.stringify(kept));
    lasts = true;
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

/** Note that a question was answered. */
export function answered(id, right) {
  return change(({ questions }) => {
    questions[id] = { right, tries: (questions[id]?.tries ?? 0) + 1, when: Date.now() };
  });
}
