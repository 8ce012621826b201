// The page half of cards.py: one card at a time, turned and graded, back when FSRS says so.
import { add } from "../widgets.js";
import { createEmptyCard, fsrs } from "./fsrs.js";
import { live } from "./static.js";
import { change, follow, progress } from "./store.js";

const GRADES = ["Again", "Hard", "Good", "Easy"]; // which FSRS numbers from 1
const AHEAD = 20 * 60_000; // a card that is due so soon is shown at once, if no other is
const DAY = 86_400_000;
const scheduler = fsrs({});

/** What a card's schedule becomes: an entry of the store, for each of the four grades. */
export function graded(entry, now) {
  const card = entry ? { ...entry, elapsed_days: 0, due: new Date(entry.due), last_review: new Date(entry.last_review) } : createEmptyCard(new Date(now));
  return GRADES.map((_, i) => {
    const { due, stability, difficulty, scheduled_days, learning_steps, reps, lapses, state } = scheduler.next(card, new Date(now), i + 1).card;
    return { due: due.getTime(), last_review: now, stability, difficulty, scheduled_days, learning_steps, reps, lapses, state };
  });
}

/** The cards to study now: those due, the longest first, then new ones in their order. */
export function due(ids, cards, now) {
  const seen = ids.filter((id) => cards[id] && cards[id].due <= now).sort((a, b) => cards[a].due - cards[b].due);
  return [...seen, ...ids.filter((id) => !cards[id])];
}

/** A length of time in a word or two: "10 min", "3 days", "2 months". */
export function span(milliseconds) {
  const minutes = Math.max(1, Math.round(milliseconds / 60_000));
  if (minutes < 60) return `${minutes} min`;
  const days = Math.round(milliseconds / DAY);
  if (days < 1) return `${Math.round(minutes / 60)} h`;
  if (days < 60) return `${days} day${days === 1 ? "" : "s"}`;
  return days < 730 ? `${Math.round(days / 30.4)} months` : `${Math.round(days / 365)} years`;
}

/** When the next card is due, to read on after "until". */
export function until(then, now) {
  const [day, today] = [then, now].map((time) => new Date(time).setHours(0, 0, 0, 0));
  const date = new Date(then);
  if (day === today) return `${date.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" })} today`;
  if (Math.round((day - today) / DAY) === 1) return "tomorrow";
  return date.toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" });
}

/** Bring a deck to life where it stands. */
export function enhance(root, signal) {
  const score = root.querySelector(".score");
  const items = new Map([...root.querySelectorAll(".flash")].map((card) => [card.dataset.id, card]));
  const ids = [...items.keys()];
  const grades = add(root, "div", { class: "grades", role: "group", "aria-label": "How well did you know it?" });
  const buttons = GRADES.map((name, i) => {
    const button = add(grades, "button", { type: "button" }, name);
    button.addEventListener("click", () => grade(i));
    return { button, wait: add(button, "span") };
  });
  const end = add(root, "div", { class: "end" });
  const done = add(end, "p");
  const onward = add(end, "button", { type: "button" }, "Study anyway");
  onward.addEventListener("click", () => {
    anyway = true;
    show();
    summary()?.focus();
  });
  const status = add(root, "p", { class: "hidden", role: "status" });
  /** @type {string | null} */
  let current = null;
  let anyway = false; // the reader goes on although nothing is due
  /** @type {string | null} */
  let last = null; // the card that was graded last: not again at once, if there is another

  const summary = () => current && items.get(current).querySelector("summary");
  const back = () => items.get(current)?.querySelector("details");

  for (const card of items.values()) {
    card.addEventListener("click", (event) => {
      if (!event.target.closest("a, summary") && !getSelection()?.toString()) back().open = !back().open;
    });
    card.querySelector("details").addEventListener("toggle", turned);
  }
  root.addEventListener("keydown", ({ key, ctrlKey, metaKey, altKey }) => {
    const i = ["1", "2", "3", "4"].indexOf(key);
    if (i >= 0 && current && back().open && !ctrlKey && !metaKey && !altKey) grade(i);
  });

  /** The card to show now, or null. */
  function pick() {
    const { cards } = progress();
    const now = Date.now();
    const soon = (id) => cards[id].due;
    const queue = due(ids, cards, now);
    const early = ids.filter((id) => cards[id]?.due > now && (anyway || cards[id].due <= now + AHEAD)).sort((a, b) => soon(a) - soon(b));
    const all = [...queue, ...early];
    return all.find((id) => id !== last) ?? all[0] ?? null;
  }

  function show() {
    current = pick();
    for (const [id, card] of items) {
      card.hidden = id !== current;
      card.querySelector("details").open = false;
    }
    grades.hidden = true;
    end.hidden = current !== null;
    tell();
  }

  /** How many cards are due, and when the next one is if none are. */
  function tell() {
    const { cards } = progress();
    const now = Date.now();
    const count = due(ids, cards, now).length;
    score.textContent = `${ids.length} cards, ${count} due now`;
    if (current !== null) return;
    const next = Math.min(...ids.map((id) => cards[id].due));
    done.textContent = `Well done. Nothing is due until ${until(next, now)}.`;
  }

  function turned({ target }) {
    if (current === null || target !== back()) return;
    grades.hidden = !target.open;
    target.querySelector("summary").textContent = target.open ? "Turn back" : "Turn";
    if (!target.open) return;
    status.textContent = target.querySelector("div").textContent;
    const now = Date.now();
    graded(progress().cards[current], now).forEach(({ due: then }, i) => {
      buttons[i].wait.textContent = ` ${span(then - now)}`;
    });
  }

  function grade(i) {
    const id = current;
    if (id === null) return;
    const entry = graded(progress().cards[id], Date.now())[i];
    last = id;
    change(({ cards }) => { cards[id] = entry; });
    show();
    status.textContent = `${GRADES[i]}: it comes back in ${span(entry.due - Date.now())}. ${current ? "" : done.textContent}`;
    (summary() ?? onward).focus();
  }

  for (const [id, card] of items) {
    const front = card.querySelector(".front");
    front.id = `${id}-${Math.random().toString(36).slice(2)}`;
    card.querySelector("summary").setAttribute("aria-describedby", front.id);
  }
  show();
  // Another page, or the page of progress, may have changed the dates.
  follow(() => { if (current === null || !items.has(current)) show(); else tell(); }, signal);
  root.dataset.live = "";
}

export default { render: live(enhance) };
