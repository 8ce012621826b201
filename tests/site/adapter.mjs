// The adapter of SCORM packages in a page that is only pretended, with a learning system around it.
import { readFileSync } from "node:fs";
import vm from "node:vm";

const SCRIPT = readFileSync(new URL("../../tools/build/doors/scorm/adapter.js", import.meta.url), "utf8");
export const KEY = "lossbook.progress";

/**
 * A system that keeps what it is told, one user's, and what was called.
 * @param {Record<string, string>} kept
 */
export function system(kept = {}) {
  /** @type {Record<string, string>} */
  const values = { "cmi.core.lesson_status": "not attempted", ...kept };
  /** @type {any[][]} */
  const calls = [];
  const called = (name, answer) => (...given) => { calls.push([name, ...given]); return answer(...given); };
  return {
    values, calls, refuses: false,
    LMSInitialize: called("initialize", () => "true"),
    LMSGetValue: called("get", (name) => values[name] ?? ""),
    LMSSetValue(name, value) {
      calls.push(["set", name, value]);
      if (this.refuses) return "false";
      values[name] = value;
      return "true";
    },
    LMSCommit: called("commit", () => "true"),
    LMSFinish: called("finish", () => "true"),
  };
}

/**
 * The page of a package, opened within a system or none: its window.
 * @param {Record<string, string>} dataset
 * @param {object} [API]
 * @returns {any}
 */
export function opened(dataset, API) {
  const listeners = {};
  /** @type {string[]} */
  const notes = [];
  /** @type {any} */
  const window = {
    notes,
    document: {
      currentScript: { dataset },
      getElementById: () => null,
      querySelector: (selector) => (selector.startsWith("article ") ? { after: (note) => notes.push(note.textContent) } : null),
      createElement: () => ({ setAttribute() {} }),
    },
    IntersectionObserver: class {
      constructor(report) { window.see = (...ids) => report(ids.map((id) => ({ isIntersecting: true, target: { closest: () => ({ id }) } }))); }
      observe() {}
      unobserve() {}
    },
    addEventListener: (name, action) => { listeners[name] = action; },
    fire: (name) => listeners[name]?.({ persisted: false }),
    location: { reload() {} },
  };
  window.window = window;
  window.parent = { API, get parent() { return this; } };
  vm.runInNewContext(SCRIPT, window);
  window.fire("DOMContentLoaded");
  return window;
}

/** Progress with as many digits in it as there can be, on all of these. */
export function most(questions, cards, test = false) {
  const entry = { due: 9e12, last_review: 9e12, stability: 36499.87654321, difficulty: 9.87654321, state: 3, reps: 999999, lapses: 999999 };
  const all = (ids, value) => Object.fromEntries(ids.map((id) => [id, value]));
  return {
    lossbook: "progress", version: 2, questions: all(questions, { ...entry, right: false }), cards: all(cards, entry), tasks: {}, mistakes: {}, days: {},
    sure: { asks: false, said: [] },
    test: test ? { started: 9e12, order: questions, variants: all(questions, 99), results: all(questions, { right: false, told: [0, 1, 2, 3, 4, 5] }) } : null,
  };
}

/** The longest state that a page can have: how many complaints there were, and its characters. */
export function longest({ questions, cards, sections, test }) {
  const lms = system();
  const page = opened({ asks: questions.join(" "), sections: sections.join(" "), ...(test ? { test: "" } : {}) }, lms);
  page.see(...sections);
  page.localStorage.setItem(KEY, JSON.stringify(most(questions, cards, test)));
  return [page.notes.length, lms.values["cmi.suspend_data"].length];
}
