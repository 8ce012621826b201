// The page half of self_test.py: one question at a time, kept on the way, a report at the end.
import { add } from "../elements.js";
import { shuffled } from "./judging.js";
import { fetchKinds } from "./kinds.js";
import { question } from "./question.js";
import { live, others, rows } from "./static.js";
import { answered, change, progress } from "./store.js";

/** @typedef {import("./store.js").Test} Test */

/**
 * A new test: the questions in an order by chance, each in a variant by chance, but not in the one of the last time.
 * @param {string[]} ids
 * @param {number[]} counts  How many variants each has.
 * @param {number} now
 * @param {Record<string, number>} last  The variants of the test before.
 * @returns {Test}
 */
export function newTest(ids, counts, now, last = {}, random = Math.random) {
  const other = (count, before) => (count < 2 || before === undefined ? Math.floor(random() * count) : (before + 1 + Math.floor(random() * (count - 1))) % count);
  return {
    started: now,
    order: shuffled(ids.length, random).map((i) => ids[i]),
    variants: Object.fromEntries(ids.map((id, i) => [id, other(counts[i], last[id])])),
    results: {},
  };
}

/**
 * Whether a kept test is one of these questions, and not of an earlier edition.
 * @param {Test | null} test
 * @param {string[]} ids
 * @returns {test is Test}
 */
export function fits(test, ids) {
  return test !== null && test.order.length === ids.length && ids.every((id) => test.order.includes(id));
}

/**
 * The question to go on with, or -1 when all were answered.
 * @param {Test} test
 */
export const next = ({ order, results }) => order.findIndex((id) => !Object.hasOwn(results, id));

/** Bring the self-test to life where it stands. */
export async function enhance(root) {
  const score = root.querySelector(".score");
  const parts = new Map([...root.querySelectorAll(".question")].map((part) => [part.dataset.id, part]));
  await fetchKinds(parts.values());
  const ids = [...parts.keys()];
  const counts = [...parts.values()].map(rows);
  for (const part of parts.values()) part.hidden = true;
  const panel = root.querySelector(".panel");
  // A bar for the eye: the words above it say the same.
  const bar = document.createElement("progress");
  Object.assign(bar, { max: ids.length, hidden: true });
  bar.setAttribute("aria-hidden", "true");
  panel.before(bar);

  const kept = () => {
    const { test } = progress();
    return fits(test, ids) ? test : null;
  };
  const press = (parent, label, action, name = "") => {
    const button = add(parent, "button", { type: "button", class: name }, label);
    button.addEventListener("click", action);
    return button;
  };

  async function begin() {
    await more();
    change((all) => { all.test = newTest(ids, counts, Date.now(), all.test?.variants); });
    ask();
  }

  /** A question as it was before anybody answered it. */
  const before = new Map(ids.map((id) => [id, parts.get(id).cloneNode(true)]));
  const more = others([...before.values()], root.dataset.variants);

  /** Before the test, or on the way: what there is to do. */
  function welcome() {
    const test = kept();
    const at = test ? next(test) : 0;
    if (test && at < 0) {
      report(test, { moved: false });
      return;
    }
    const begun = test && Object.keys(test.results).length;
    const row = panel.querySelector(".actions");
    if (begun) {
      score.textContent = `You have answered ${begun} of ${ids.length} questions.`;
      press(row, `Go on with question ${at + 1}`, ask, "check");
      press(row, "Start again", begin);
    } else press(row, "Start the test", begin, "check");
  }

  /** Show the question that comes next. */
  function ask() {
    const test = kept();
    if (!test) { // all was forgotten meanwhile, on the page of progress
      begin();
      return;
    }
    const at = next(test);
    if (at < 0) {
      report(test);
      return;
    }
    const id = test.order[at];
    const part = fresh(id);
    panel.replaceChildren();
    part.hidden = false;
    part.querySelector(".count").textContent = `Question ${at + 1} of ${ids.length} · ${part.dataset.how}`;
    bar.hidden = false;
    bar.value = at;
    score.textContent = at ? `${rightIn(test)} of ${at} right so far` : "Nothing answered yet";
    const actions = question(part, {
      again: false,
      variant: test.variants[id] ?? 0,
      after(result) {
        const { right, told } = result;
        answered(id, right, result);
        note(id, { right, told });
        score.textContent = `${rightIn(kept())} of ${at + 1} right so far`;
        bar.value = at + 1;
        skip.remove();
        press(actions, at + 1 < ids.length ? "Next question" : "See the report", go, "check").focus();
      },
    });
    const skip = press(actions, "Leave it out", () => {
      note(id, { right: false, told: [] });
      go();
    });
    const legend = part.querySelector("legend");
    legend.tabIndex = -1;
    legend.focus();

    function go() {
      part.hidden = true;
      ask();
    }
  }

  function fresh(id) {
    const part = before.get(id).cloneNode(true);
    part.dataset.how = part.querySelector(".count").textContent.split(" · ")[1];
    parts.get(id).replaceWith(part);
    parts.set(id, part);
    return part;
  }

  /** @param {Test | null} test */
  const rightIn = (test) => Object.values(test?.results ?? {}).filter(({ right }) => right).length;

  function note(id, result) {
    change(({ test }) => { if (fits(test, ids)) test.results[id] = result; });
  }

  /**
   * What was reached, topic by topic, and what to read again.
   * @param {Test} test
   */
  function report(test, { moved = true } = {}) {
    for (const part of parts.values()) part.hidden = true;
    bar.hidden = true;
    panel.replaceChildren();
    score.textContent = "The test is finished.";
    const heading = add(panel, "p", { class: "title", tabindex: -1 }, `Your report: ${rightIn(test)} of ${ids.length} right`);
    const topics = Map.groupBy(ids, (id) => parts.get(id).dataset.topic);
    for (const mine of topics.values()) {
      const title = before.get(mine[0]).querySelector(".goal > b").textContent;
      const right = mine.filter((id) => test.results[id].right).length;
      const section = add(panel, "section", { class: "chapter", "aria-label": title });
      const head = add(section, "p", { class: "head" });
      add(head, "b", {}, title);
      head.append(` ${right} of ${mine.length} right`);
      const list = add(section, "ul");
      for (const id of mine) list.append(line(id, test.results[id], test.variants[id]));
    }
    const row = add(panel, "p", { class: "actions" });
    press(row, "Take the test again", begin, "check");
    if (moved) heading.focus();
  }

  /** One goal in the report, with where to read again if it was missed. */
  function line(id, { right, told }, variant = 0) {
    const part = before.get(id);
    const item = document.createElement("li");
    item.dataset.mark = right ? "right" : "wrong";
    add(item, "strong", {}, right ? "✓ Right: " : "✗ Missed: ");
    item.append(...part.querySelector(".goal > span").cloneNode(true).childNodes, ".");
    if (right) return item;
    const solutions = [part.querySelector(".solution"), ...[...part.querySelectorAll("template")].map(({ content }) => content)];
    const solution = solutions[variant] ?? solutions[0];
    const items = solution.querySelectorAll(".feedback > li");
    const links = [...told.flatMap((i) => [...(items[i]?.querySelectorAll("a") ?? [])]), solution.querySelector(".goal a")];
    const seen = new Set();
    const read = add(item, "span", { class: "read" }, "Read again: ");
    for (const link of links) {
      if (seen.has(link.href)) continue;
      if (seen.size) read.append(", ");
      seen.add(link.href);
      read.append(link.cloneNode(true));
    }
    return item;
  }

  if (kept()) await more();
  welcome();
  root.dataset.live = "";
}

export default { render: live(enhance) };
