// One flash card: it turns, and the reader says how well it was known.
import { add } from "../elements.js";
import { GRADES, graded, span } from "./schedule.js";
import { progress } from "./store.js";

/**
 * A place for cards, of which one shows at a time; `after` gets the grade that the reader gives it.
 * @param {HTMLElement} root
 * @param {(grade: number) => void} after
 */
export function table(root, after) {
  const grades = add(root, "div", { class: "grades", role: "group", "aria-label": "How well did you know it?" });
  const buttons = GRADES.map((name, i) => {
    const button = add(grades, "button", { type: "button" }, name);
    button.addEventListener("click", () => after(i));
    return { button, wait: add(button, "span") };
  });
  const status = add(root, "p", { class: "hidden", role: "status" });
  const known = new WeakSet();
  /** @type {HTMLElement | null} */
  let current = null;
  const back = () => current?.querySelector("details");

  function wire(card) {
    const [front, details] = [".front", "details"].map((place) => card.querySelector(place));
    front.id = `${card.dataset.id}-${Math.random().toString(36).slice(2)}`;
    card.querySelector("summary").setAttribute("aria-describedby", front.id);
    card.addEventListener("click", (event) => {
      if (!event.target.closest("a, summary") && !getSelection()?.toString()) details.open = !details.open;
    });
    details.addEventListener("toggle", toggled);
    known.add(card);
  }
  root.addEventListener("keydown", ({ key, ctrlKey, metaKey, altKey }) => {
    const i = ["1", "2", "3", "4"].indexOf(key);
    if (i >= 0 && back()?.open && !ctrlKey && !metaKey && !altKey) after(i);
  });

  function toggled({ target }) {
    if (!current || target !== back()) return;
    grades.hidden = !target.open;
    target.querySelector("summary").textContent = target.open ? "Turn back" : "Turn";
    if (!target.open) return;
    status.textContent = target.querySelector("div").textContent;
    const now = Date.now();
    graded(progress().cards[current.dataset.id ?? ""], now).forEach(({ due: then }, i) => {
      buttons[i].wait.textContent = ` ${span(then - now)}`;
    });
  }

  return {
    /** Show a card with its front, or none. */
    show(card) {
      if (current) current.hidden = true;
      current = card;
      grades.hidden = true;
      if (!card) return;
      if (!known.has(card)) wire(card);
      card.hidden = false;
      card.querySelector("details").open = false;
      card.querySelector("summary").textContent = "Turn";
    },
    /** Say to who does not see it what became of a card. */
    tell(id, grade) {
      status.textContent = `${GRADES[grade]}: it comes back in ${span(progress().cards[id].due - Date.now())}.`;
      return status;
    },
  };
}
