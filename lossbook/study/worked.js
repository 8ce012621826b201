// The page half of worked.py: all steps shown, then ever more of them left to do, with fresh numbers each time.
import { add } from "../elements.js";
import { question } from "./question.js";
import { live, others, rows } from "./static.js";
import { tried } from "./store.js";

const WHOSE = ["all steps are shown", "the last step is yours", "the last two are yours", "all steps are yours"];
const ALL = WHOSE.length - 1; // from this time on

/** How many steps are left to the reader, the last ones, the first time (0) and later. */
export const blanks = (time, steps) => (time < ALL ? Math.min(time, steps) : steps);

/** Bring a worked example to life where it stands. */
export function enhance(root) {
  const score = root.querySelector(".score");
  score.tabIndex = -1;
  let parts = [...root.querySelectorAll(".question")];
  const before = parts.map((part) => part.cloneNode(true));
  const count = rows(before[0]) - 1; // rows of numbers beside those that are shown first
  const more = others(before, root.dataset.variants);
  more(); // a reader came near
  const actions = add(root, "p", { class: "actions" });
  const press = (action, name = "") => {
    const button = add(actions, "button", { type: "button", class: name });
    button.addEventListener("click", action);
    return button;
  };
  const onward = press(() => go(time + 1), "check");
  const back = press(() => go(0));
  back.textContent = "See it worked again";
  let time = 0;
  draw();
  root.dataset.live = "";

  async function go(to) {
    if (to) await more();
    time = to;
    draw();
    score.focus();
  }

  function draw() {
    const made = before.map((part) => asked(part, time && ((time - 1) % count) + 1));
    parts.forEach((part, i) => part.replaceWith(made[i]));
    parts = made;
    const first = parts.length - blanks(time, parts.length);
    parts.forEach((part, i) => {
      if (i < first) show(part);
      else question(part, {
        after(result) {
          tried(part.dataset.id, result.right, result);
          if (result.right) next(part);
        },
      });
    });
    score.textContent = `Example ${time + 1}: ${WHOSE[Math.min(time, ALL)]}.`;
    onward.textContent = time < ALL ? `Next example: ${WHOSE[time + 1]}` : "Other numbers";
    back.hidden = time === 0;
  }

  /** To the next step that is left to do, or on. */
  function next(part) {
    const left = parts.slice(parts.indexOf(part)).find(({ dataset }) => dataset.state === "open");
    (left?.querySelector("input") ?? onward).focus();
  }
}

/** A step with the numbers of one row, and no others. */
function asked(part, row) {
  const made = part.cloneNode(true);
  const { content } = made.querySelectorAll("template")[row - 1] ?? {};
  for (const name of content ? [".text", ".solution"] : []) made.querySelector(name).replaceWith(content.querySelector(name).cloneNode(true));
  for (const template of made.querySelectorAll("template")) template.remove();
  return made;
}

/** A step that is worked already. */
function show(part) {
  part.dataset.state = "shown";
  part.querySelector(".answer").open = true;
}

export default { render: live(enhance) };
