// The page half of cards.py: one card at a time, turned and graded, back when FSRS says so.
import { add } from "../elements.js";
import { table } from "./flash.js";
import { due, soon, until } from "./schedule.js";
import { live } from "./static.js";
import { follow, progress, turned } from "./store.js";

/** Bring a deck to life where it stands. */
export function enhance(root, signal) {
  const score = root.querySelector(".score");
  const items = new Map([...root.querySelectorAll(".flash")].map((card) => [card.dataset.id, card]));
  const ids = [...items.keys()];
  for (const card of items.values()) card.hidden = true;
  const { show, tell } = table(root, grade);
  const end = add(root, "div", { class: "end" });
  const done = add(end, "p");
  const onward = add(end, "button", { type: "button" }, "Study anyway");
  onward.addEventListener("click", () => {
    const { cards } = progress();
    extra = [...ids].sort((a, b) => cards[a].due - cards[b].due);
    go();
    summary()?.focus();
  });
  /** @type {string | null} */
  let current = null;
  /** @type {string[]} */
  let extra = []; // the reader goes on although nothing is due: once through the deck
  /** @type {string | null} */
  let last = null; // the card that was graded last: not again at once

  const summary = () => current && items.get(current).querySelector("summary");

  /** The card to show now, or null: those due, then new ones in their order, then those not known yet. */
  function pick() {
    const { cards } = progress();
    const now = Date.now();
    const fresh = ids.filter((id) => !cards[id]);
    const back = soon(ids, cards, now).filter((id) => id !== last);
    return [...due(ids, cards, now), ...fresh, ...back, ...extra][0] ?? null;
  }

  function go() {
    current = pick();
    show(current && items.get(current));
    end.hidden = current !== null;
    count();
  }

  /** How many cards are due or new, and when the next one is if none are. */
  function count() {
    const { cards } = progress();
    const now = Date.now();
    const fresh = ids.filter((id) => !cards[id]).length;
    score.textContent = `${ids.length} cards: ${due(ids, cards, now).length} due, ${fresh} new`;
    if (current !== null) return;
    const next = Math.min(...ids.map((id) => cards[id].due));
    done.textContent = `Done for now. Nothing is due until ${until(next, now)}.`;
  }

  function grade(i) {
    const id = current;
    if (id === null) return;
    last = id;
    extra = extra.filter((one) => one !== id);
    turned(id, i);
    go();
    const status = tell(id, i);
    if (!current) status.append(` ${done.textContent}`);
    (summary() ?? onward).focus();
  }

  go();
  // Another page, or the page of progress, may have changed the dates.
  follow(() => { if (current === null || !items.has(current)) go(); else count(); }, signal);
  root.dataset.live = "";
}

export default { render: live(enhance) };
