// What the passport (passport.js) tells a reader who has done something: what they fell for, and what was shown of each goal.
import { add } from "../elements.js";
import { isDue, until } from "./schedule.js";
import { progress } from "./store.js";

/** @typedef {import("./store.js").Progress} Progress */

const ORDER = ["open", "overcome", "none"];

/**
 * How a reader stands to a misconception.
 * @param {string} name
 * @param {string[]} asked  The questions that lead into it.
 * @param {Progress} all
 * @returns {{ state: string, times: number, when: number, question: string, overcome: number, due: number | null }}
 */
export function standing(name, asked, all) {
  const known = Object.hasOwn(all.mistakes, name) ? all.mistakes[name] : { times: 0, when: 0, question: "", overcome: 0 };
  const dates = asked.flatMap((id) => (all.questions[id] ? [all.questions[id].due] : []));
  const state = known.overcome ? "overcome" : known.times ? "open" : "none";
  return { state, ...known, due: dates.length ? Math.min(...dates) : null };
}

/**
 * Of some questions or tasks, how many there are, were tried, and went right the last time.
 * @param {string[]} ids
 * @param {Record<string, { right: boolean }>} entries
 */
export function counted(ids, entries) {
  const known = ids.filter((id) => Object.hasOwn(entries, id));
  return { all: ids.length, tried: known.length, right: known.filter((id) => entries[id].right).length };
}

/** What was shown of a goal, part by part: "2 of 7 questions right". Nothing for parts of which nothing was tried. */
export function shown(parts) {
  const words = parts.flatMap(({ all, tried, right, one, done }) =>
    (tried ? [`${right} of ${all} ${one}${all === 1 ? "" : "s"} ${done}${tried > right ? `, ${tried - right} not yet` : ""}`] : []));
  return words.join("; ");
}

const date = (time) => new Date(time).toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" });
const often = (times) => (times === 1 ? "once, on" : `${times} times, last on`);

/** When the next question that leads to it comes back. */
const back = (due, now) => (due === null ? "" : isDue({ due, state: 2 }, now) ? " Due today." : ` Comes back ${until(due, now).replace(/^(?=\d+ )/, "on ")}.`);

const KINDS = [
  { key: "questions", one: "question", done: "right", place: "a question on" },
  { key: "steps", one: "worked step", done: "right", place: "a worked example on" },
  { key: "exercises", one: "exercise", done: "solved", place: "an exercise on" },
];

/** What asks for each thing of a part, which the build keeps beside the page: only who has done something needs it. */
const asking = (root) => fetch(root.dataset.things).then((reply) => reply.json());

/** Where each question, step and exercise stands: what it is, and the link to its page. */
async function places() {
  const found = new Map();
  const root = document.querySelector(".study-passport:has(.goals)");
  const items = [...(root?.querySelectorAll(".goals li") ?? [])];
  (await asking(root)).forEach((ids, i) => {
    const link = items[i].closest("section")?.querySelector("a");
    for (const { key, place } of KINDS) for (const id of ids[key]) found.set(id, { place, link });
  });
  return found;
}

/** What brings the misconceptions up to date; `none` says that there was none. */
export function errors(root, none) {
  const score = root.querySelector(".score");
  const rows = [...root.querySelectorAll(".errors > li")].map((item) => (
    { item, name: item.querySelector("a").hash.slice(1), told: add(item, "span", { class: "told" }) }
  ));
  let wanted;

  return async () => {
    const isEmpty = !Object.keys(progress().mistakes).length;
    if (!isEmpty) wanted ??= Promise.all([asking(root), places()]).catch(() => { wanted = undefined; });
    const [asked, where] = (isEmpty ? null : await wanted) ?? [[], new Map()];
    const [all, now] = [progress(), Date.now()];
    const known = rows.map((row, i) => ({ ...row, ...standing(row.name, asked[i]?.questions ?? [], all) }));
    const count = (state) => known.filter((row) => row.state === state).length;
    score.textContent = count("none") === rows.length
      ? none
      : `Of ${rows.length} misconceptions you have shown ${rows.length - count("none")}; overcome: ${count("overcome")}, not yet: ${count("open")}.`;
    for (const { item, told, state, times, when, question, overcome, due } of known) {
      item.dataset.state = state;
      told.replaceChildren();
      if (state === "none") continue;
      add(told, "strong", {}, state === "overcome" ? `✓ Overcome on ${date(overcome)}. ` : "Not overcome. ");
      told.append(`Shown ${often(times)} ${date(when)}`);
      const place = where.get(question);
      if (place) {
        told.append(`, in ${place.place} `);
        add(told, "a", { href: place.link.href }, place.link.textContent);
      }
      told.append(`.${back(due, now)}`);
    }
    root.querySelector(".errors").append(...ORDER.flatMap((state) => known.filter((row) => row.state === state)).map(({ item }) => item));
  };
}

/** What brings the goals up to date. */
export function goals(root) {
  const score = root.querySelector(".score");
  const rows = [...root.querySelectorAll(".goals li")].map((item) => ({ item, told: add(item, "span", { class: "told" }) }));
  let wanted;

  return async () => {
    wanted ??= asking(root).catch(() => { wanted = undefined; });
    const asked = await wanted;
    if (!asked) return;
    const all = progress();
    let met = 0;
    rows.forEach(({ item, told }, i) => {
      const parts = KINDS.map((kind) => ({ ...kind, ...counted(asked[i][kind.key], kind.key === "questions" ? all.questions : all.tasks) }));
      told.textContent = shown(parts);
      const right = parts.some((part) => part.right);
      item.dataset.state = right ? "shown" : "none";
      met += Number(right);
    });
    score.textContent = `You have shown something of ${met} of ${rows.length} goals.`;
  };
}
