// The page half of today.py: what waits, and the button to begin. What asks comes when the reader begins (session.js).
import { add } from "../elements.js";
import { isDue, until } from "./schedule.js";
import { live } from "./static.js";
import { dateOf, follow, freshLeft, progress } from "./store.js";

/** @typedef {import("./store.js").Progress} Progress */

const [WEEK, FOUR_WEEKS] = [7, 28];

/**
 * How much is due, of all that comes back, and how much that is new has room today.
 * @param {Progress} all
 * @param {number} now
 */
export function waiting(all, now) {
  const entries = [...Object.values(all.questions), ...Object.values(all.cards)];
  return { due: entries.filter((entry) => isDue(entry, now)).length, fresh: freshLeft(all, now), begun: entries.length > 0 };
}

/** How many of the last four weeks' days had practice: true or false for each, the oldest first. */
export function recent(days, now) {
  const noon = new Date(now).setHours(12, 0, 0, 0);
  return Array.from({ length: FOUR_WEEKS }, (_, i) => dateOf(new Date(noon).setDate(new Date(noon).getDate() - (FOUR_WEEKS - 1 - i))) in days);
}

/** What comes next, to be said at the end. */
export function ahead(entries, now) {
  const later = entries.map(({ due }) => due).filter((due) => due > now);
  if (!later.length) return "";
  const tonight = new Date(now).setHours(24, 0, 0, 0);
  const [next, week] = [Math.min(...later), later.filter((due) => due < tonight + WEEK * 86_400_000).length];
  return `The next comes back ${until(next, now).replace(/^(?=\d+ )/, "on ").replace(/^(?=\d\d:)/, "at ")}; ${week} in the next seven days.`;
}

const many = (count, one) => `${count} ${one}${count === 1 ? "" : "s"}`;

/** Bring the queue to life where it stands. */
export function enhance(root, signal) {
  const [score, panel] = [".score", ".panel"].map((place) => root.querySelector(place));
  const links = [...root.querySelectorAll(".topics a")];
  if (!links.every((link) => link.pathname.endsWith(".html"))) return; // a notebook, which has no pages to ask from
  let running = false;

  const press = (parent, label, action, name = "") => {
    const button = add(parent, "button", { type: "button", class: name }, label);
    button.addEventListener("click", action);
    return button;
  };

  /** What waits, and the button to begin. */
  function welcome() {
    const { due, fresh, begun } = waiting(progress(), Date.now());
    if (!due && !fresh) {
      rest("Nothing is due today");
      return;
    }
    panel.replaceChildren();
    if (!begun) score.textContent = `Nothing comes back yet: begin with ${fresh} things that are new.`;
    else score.textContent = due ? `${due} due today${fresh ? `, and up to ${fresh} new` : ""}` : `Nothing is due today; up to ${fresh} new`;
    press(add(panel, "p", { class: "actions" }), "Start", () => begin(), "check");
    days();
  }

  /** The days with practice, as a sentence and as squares: nothing to lose. */
  function days() {
    const marks = recent(progress().days, Date.now());
    const count = marks.filter(Boolean).length;
    if (!count) return;
    add(panel, "p", {}, `Practice on ${many(count, "day")} of the last ${FOUR_WEEKS}.`);
    const squares = add(panel, "div", { class: "days", "aria-hidden": "true" });
    for (const on of marks) add(squares, "i", on ? { class: "on" } : {});
  }

  /** The end of a session, or a day without one. */
  function rest(title, words = "") {
    running = false;
    const [all, now] = [progress(), Date.now()];
    const { due } = waiting(all, now);
    score.textContent = words;
    panel.replaceChildren();
    const heading = add(panel, "p", { class: "title", tabindex: -1 }, title);
    add(panel, "p", {}, `${due ? `${due} more are due. They can wait. ` : ""}${ahead([...Object.values(all.questions), ...Object.values(all.cards)], now)}`);
    press(add(panel, "p", { class: "actions" }), due ? "Go on" : "Something new", () => begin({ more: !due }));
    days();
    return heading;
  }

  /** A session, which ends in a rest. */
  async function begin({ more = false } = {}) {
    if (running) return;
    running = true;
    score.textContent = "One moment …";
    try {
      await (await import("./session.js")).practise(root, { press, rest, more });
    } catch {
      running = false;
      welcome();
      score.textContent = "The pages of practice could not be fetched. Is there a connection?";
    }
  }

  follow(() => { if (!running) welcome(); }, signal);
  root.dataset.live = "";
}

export default { render: live(enhance) };
