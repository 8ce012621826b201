// Ties a page of the course to a learning system, by SCORM 1.2: what is done there is kept by the system for its user, and
// nothing in the browser, which all users of one host and one machine share. It is the first script of the page.
// The build (package.py) says in the attributes of its element what is asked of the reader: `asks`, the ids of the questions
// that count; `sections`, the ids of those to be seen; `test`, that the score is the one of the self-test.
{
  const PROGRESS = "lossbook.progress"; // the key of lossbook/study/store.js
  const LARGEST = 4096; // characters of suspend_data, by the standard; systems differ in what they do with more
  const EDITION = 1; // of how the state is written
  const { asks = "", sections = "", test } = /** @type {HTMLScriptElement} */ (document.currentScript).dataset;
  const asked = asks.split(" ").filter(Boolean);
  const toSee = sections.split(" ").filter(Boolean);

  /** The interface that the system offers, in a window around this one or in the one that opened it. */
  function find(at) {
    try {
      return at.API ?? (at.parent === at ? null : find(at.parent));
    } catch {
      return null; // a window of another host: it has none for us
    }
  }
  let api = find(window) ?? (window.opener && find(window.opener));
  if (api && String(api.LMSInitialize("")) !== "true") api = null;

  const get = (name) => (api ? String(api.LMSGetValue(`cmi.${name}`)) : "");
  const put = (name, value) => !api || String(api.LMSSetValue(`cmi.${name}`, String(value))) === "true";
  const commit = () => !api || String(api.LMSCommit("")) === "true";

  const minutes = (time) => Math.round(time / 60_000);
  const rough = (value) => Math.max(0.01, Number(value.toPrecision(3)));
  const few = (count) => Math.min(count, 999);

  /** A schedule (store.js) in short: times in minutes, numbers of three digits. */
  const short = ({ due, last_review, stability, difficulty, state, reps, lapses, right }) => (
    [minutes(due), minutes(last_review), rough(stability), rough(difficulty), state, few(reps), few(lapses), ...(right === undefined ? [] : [Number(right)])]
  );
  const long = ([due, last, stability, difficulty, state, reps, lapses, right]) => ({
    due: due * 60_000, last_review: last * 60_000, stability, difficulty, state, reps, lapses, ...(right === undefined ? {} : { right: right === 1 }),
  });
  const each = (entries, change) => Object.fromEntries(Object.entries(entries).map(([id, entry]) => [id, change(entry)]));

  /** What is kept from visit to visit: of the progress what this page shows, and the sections seen. */
  function packed(text, seen) {
    const { questions, cards, test: taken } = JSON.parse(text ?? '{"questions":{},"cards":{},"test":null}');
    const results = taken && taken.order.map((id) => {
      const result = taken.results[id];
      return result ? [Number(result.right), ...result.told] : 0;
    });
    const all = taken && [taken.started, taken.order, taken.order.map((id) => taken.variants[id] ?? 0), results];
    return JSON.stringify([EDITION, each(questions, short), each(cards, short), all, [...seen]]);
  }

  /** The progress as store.js reads it, and the sections seen; nothing of what cannot be read. */
  function unpacked(data) {
    try {
      const [edition, questions, cards, all, seen] = JSON.parse(data);
      if (edition !== EDITION) throw new Error("of another edition");
      let taken = /** @type {object | null} */ (null);
      if (all) {
        const [started, order, variants, results] = all;
        const pairs = (values) => order.map((id, i) => [id, values[i]]);
        taken = {
          started, order,
          variants: Object.fromEntries(pairs(variants)),
          results: Object.fromEntries(pairs(results).filter(([, each]) => each).map(([id, [right, ...told]]) => [id, { right: right === 1, told }])),
        };
      }
      const progress = {
        lossbook: "progress", version: 2, questions: each(questions, long), cards: each(cards, long), tasks: {}, mistakes: {}, days: {},
        sure: { asks: false, said: [] }, test: taken,
      };
      return { text: JSON.stringify(progress), seen: new Set(seen) };
    } catch {
      return { text: null, seen: new Set() };
    }
  }

  let { text, seen } = unpacked(get("suspend_data"));
  const began = Date.now();
  let best = Number.parseFloat(get("core.score.raw")); // a grade that was reached is not lost by practising on
  let done = ["completed", "passed", "failed"].includes(get("core.lesson_status"));
  const isReview = ["review", "browse"].includes(get("core.lesson_mode"));

  /** The share of right answers, in per cent, or null where there is none; and whether all that counts was done. */
  function reached() {
    const { questions = {}, test: taken = null } = JSON.parse(text ?? "{}");
    const ids = test === undefined ? asked : (taken?.order ?? []);
    const known = test === undefined ? questions : (taken?.results ?? {});
    const all = ids.every((id) => known[id]) && toSee.every((id) => seen.has(id)) && (test === undefined || ids.length > 0);
    const isTold = ids.some((id) => known[id]) && (test === undefined || all); // a test counts when it is finished
    return { score: isTold ? (100 * ids.filter((id) => known[id]?.right).length) / ids.length : null, all };
  }

  /** Tell the system how it stands. Returns whether the system keeps it. */
  function report() {
    if (isReview) return true;
    const { score, all } = reached();
    if (score !== null && !(best >= score)) {
      best = score;
      put("core.score.min", 0);
      put("core.score.max", 100);
      put("core.score.raw", Math.round(score * 100) / 100);
    }
    done ||= all;
    put("core.lesson_status", done ? "completed" : "incomplete");
    const state = packed(text, seen);
    const isKept = state.length <= LARGEST && put("suspend_data", state);
    return commit() && isKept;
  }

  // What pages keep in the browser lasts here as long as the page; the progress goes to the system. So no user finds
  // anything of another, and a frame in which the browser forbids its storage works, too.
  const kept = new Map();
  Object.defineProperty(window, "localStorage", {
    configurable: true,
    value: {
      getItem: (key) => (key === PROGRESS ? text : kept.get(key) ?? null),
      setItem(key, value) {
        if (key !== PROGRESS) return void kept.set(key, String(value));
        text = String(value);
        if (!report()) tell("Your learning system did not take what you did just now. It may be that your session has ended: open this page again.", "urgent");
      },
      removeItem(key) { kept.delete(key); },
      clear: () => kept.clear(),
      key: (i) => [...kept.keys()][i] ?? null,
      get length() { return kept.size; },
    },
  });

  /** A sentence below the title; one that cannot wait, wherever the reader is. */
  function tell(words, kind = "") {
    const note = document.querySelector(".system-note") ?? document.createElement("p");
    Object.assign(note, { className: `from-disk system-note ${kind}`, textContent: words });
    note.setAttribute("role", "status");
    document.querySelector("article :is(header, h1)")?.after(note);
  }

  /** A section was seen when its end was on the screen. */
  function watch() {
    const watching = new IntersectionObserver((ends) => {
      const before = seen.size;
      for (const { isIntersecting, target } of ends) {
        const section = isIntersecting && target.closest("section[id]");
        if (section) seen.add(section.id);
        if (section) watching.unobserve(target);
      }
      if (seen.size > before) report();
    });
    for (const id of toSee.filter((name) => !seen.has(name))) {
      const end = document.createElement("span");
      document.getElementById(id)?.append(end);
      watching.observe(end);
    }
  }

  addEventListener("DOMContentLoaded", () => {
    document.getElementById("pst-search-dialog")?.remove(); // what it looks through is not here
    if (!api) tell("No learning system answers. What you do here lasts as long as this page is open, and counts nowhere.");
    if (isReview) tell("You are looking at an attempt that is closed: what you do now is not kept. To go on for a better score, begin a new attempt.");
    watch();
  });

  const two = (value) => String(value).padStart(2, "0");
  addEventListener("pagehide", () => {
    if (!api) return;
    const seconds = Math.round((Date.now() - began) / 1000);
    const [hours, rest] = [Math.min(Math.floor(seconds / 3600), 9999), seconds % 3600];
    put("core.session_time", `${String(hours).padStart(4, "0")}:${two(Math.floor(rest / 60))}:${two(rest % 60)}`);
    put("core.exit", "suspend");
    commit();
    api.LMSFinish("");
    api = null;
  });
  // From the browser's memory comes a page whose session has ended: it begins anew.
  addEventListener("pageshow", ({ persisted }) => { if (persisted) location.reload(); });

  if (api && !done) report();
}
