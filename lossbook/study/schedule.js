// When something that was practised comes back: FSRS 6 with its published weights, one learning step, no chance in it.
//
// tests/study/schedule.test.mjs holds it equal to ts-fsrs, the reference implementation:
// https://github.com/open-spaced-repetition/ts-fsrs

/**
 * Times are in milliseconds, the stability in days: after so many, 9 of 10 such things are still known. The difficulty
 * is from 1 to 10.
 * @typedef {{
 *   due: number, last_review: number, stability: number, difficulty: number, state: number, reps: number, lapses: number,
 * }} Schedule
 */

export const GRADES = ["Again", "Hard", "Good", "Easy"]; // which FSRS numbers from 1
export const [AGAIN, , GOOD] = GRADES.keys();
export const [LEARNING, REVIEW, RELEARNING] = [1, 2, 3];
const [MINUTE, DAY] = [60_000, 86_400_000];
const STEPS = [10 * MINUTE, 15 * MINUTE]; // what is not known yet comes back in minutes: after Again, after Hard
const AHEAD = 20 * MINUTE; // what is due so soon is shown at once, if nothing else is
const WEIGHTS = [
  0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796,
  1.4835, 0.0614, 0.2629, 1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542,
];

const clip = (value, low, high) => Math.min(Math.max(value, low), high);
const rounded = (value) => Math.round(value * 1e8) / 1e8;
const days = (value) => rounded(clip(value, 0.001, 36_500));
const DECAY = -WEIGHTS[20];
const FACTOR = rounded(0.9 ** (1 / DECAY) - 1);
/** The chance that it is still known. */
const recall = (elapsed, stability) => rounded((1 + (FACTOR * elapsed) / stability) ** DECAY);
const firstDifficulty = (grade) => rounded(WEIGHTS[4] - Math.exp(grade * WEIGHTS[5]) + 1);
const interval = (stability) => clip(Math.round(stability), 1, 36_500);

/** Midnights between two times, of the day that is the same everywhere. */
const nights = (then, now) => Math.floor(now / DAY) - Math.floor(then / DAY);

/** Stability and difficulty after a grade, counted from 0. */
function memory(entry, grade, now) {
  const w = WEIGHTS;
  if (!entry) return { stability: w[grade], difficulty: clip(firstDifficulty(grade), 1, 10) };
  const { stability: s, difficulty: d } = entry;
  const elapsed = nights(entry.last_review, now);
  const step = rounded((-w[6] * (grade - 2) * (10 - d)) / 9);
  const difficulty = clip(rounded(w[7] * firstDifficulty(3) + (1 - w[7]) * (d + step)), 1, 10);
  const lost = 1 - recall(elapsed, s);
  let stability;
  if (elapsed === 0) {
    const growth = s ** -w[19] * Math.exp(w[17] * (grade - 2 + w[18]));
    stability = days(s * (grade === AGAIN ? growth : Math.max(growth, 1)));
  } else if (grade === AGAIN) {
    const forgotten = days(w[11] * d ** -w[12] * ((s + 1) ** w[13] - 1) * Math.exp(lost * w[14]));
    stability = clip(rounded(s / Math.exp(w[17] * w[18])), 0.001, forgotten);
  } else {
    const bonus = [0, w[15], 1, w[16]][grade];
    stability = days(s * (1 + Math.exp(w[8]) * (11 - d) * s ** -w[9] * (Math.exp(lost * w[10]) - 1) * bonus));
  }
  return { stability, difficulty };
}

/**
 * What a schedule becomes, for each of the four grades.
 * @param {Schedule | undefined} entry  Nothing, the first time.
 * @param {number} now
 * @returns {Schedule[]}
 */
export function graded(entry, now) {
  const known = entry?.state === REVIEW;
  const memories = GRADES.map((_, grade) => memory(entry, grade, now));
  const waits = memories.map(({ stability }) => interval(stability));
  if (known) { // a better grade is always farther away
    waits[1] = Math.min(waits[1], waits[2]);
    waits[2] = Math.max(waits[2], waits[1] + 1);
    waits[3] = Math.max(waits[3], waits[2] + 1);
  }
  return memories.map((after, grade) => {
    const soon = grade === AGAIN || (grade < GOOD && !known);
    return {
      ...after,
      due: now + (soon ? STEPS[grade] : waits[grade] * DAY),
      last_review: now,
      state: soon ? (known ? RELEARNING : entry?.state ?? LEARNING) : REVIEW,
      reps: (entry?.reps ?? 0) + 1,
      lapses: (entry?.lapses ?? 0) + Number(known && grade === AGAIN),
    };
  });
}

/**
 * Whether it is to be practised: what comes back in days, from the morning of its day on; what is not known yet, after
 * its minutes.
 * @param {Pick<Schedule, "due" | "state">} entry
 * @param {number} now
 */
export const isDue = ({ due, state }, now) => due <= (state === REVIEW ? new Date(now).setHours(24, 0, 0, 0) - 1 : now);

const bySchedule = (ids, entries) => ids.filter((id) => entries[id]).sort((a, b) => entries[a].due - entries[b].due);

/**
 * Of some ids those to practise now, the longest due first.
 * @param {string[]} ids
 * @param {Record<string, Schedule>} entries
 * @param {number} now
 */
export const due = (ids, entries, now) => bySchedule(ids, entries).filter((id) => isDue(entries[id], now));

/**
 * Of some ids those that come back in minutes: shown when nothing else is left.
 * @type {typeof due}
 */
export const soon = (ids, entries, now) =>
  bySchedule(ids, entries).filter((id) => entries[id].state !== REVIEW && entries[id].due > now && entries[id].due <= now + AHEAD);

/** A length of time in a word or two: "10 min", "3 days", "2 months". */
export function span(milliseconds) {
  const minutes = Math.max(1, Math.round(milliseconds / MINUTE));
  if (minutes < 60) return `${minutes} min`;
  const count = Math.round(milliseconds / DAY);
  if (count < 1) return `${Math.round(minutes / 60)} h`;
  if (count < 60) return `${count} day${count === 1 ? "" : "s"}`;
  return count < 730 ? `${Math.round(count / 30.4)} months` : `${Math.round(count / 365)} years`;
}

/** When the next one is due, to read on after "until". */
export function until(then, now) {
  const [day, today] = [then, now].map((time) => new Date(time).setHours(0, 0, 0, 0));
  const date = new Date(then);
  if (day === today) return `${date.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" })} today`;
  if (Math.round((day - today) / DAY) === 1) return "tomorrow";
  return date.toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" });
}
