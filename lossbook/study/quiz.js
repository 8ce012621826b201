// The page half of quiz.py: questions in a list, and how many of them are right.
import { add } from "../widgets.js";
import { question } from "./question.js";
import { live } from "./static.js";
import { answered, follow, progress } from "./store.js";

/** Bring a quiz to life where it stands. */
export function enhance(root, signal) {
  const score = root.querySelector(".score");
  const parts = [...root.querySelectorAll(".question")];
  const marks = parts.map((part) => add(part.querySelector(".count"), "span", { class: "so-far" }));

  for (const part of parts) {
    const { id } = part.dataset;
    const tries = progress().questions[id]?.tries ?? 0;
    question(part, { variant: tries, after: ({ right }) => answered(id, right) });
  }

  if (parts.length > 1) wayThrough(root, parts);

  follow(() => {
    const { questions } = progress();
    const known = parts.map((part) => questions[part.dataset.id]);
    marks.forEach((mark, i) => {
      mark.textContent = known[i] ? ` · ${known[i].right ? "✓ right" : "✗ not yet right"}` : "";
      mark.dataset.mark = known[i]?.right ? "right" : "wrong";
    });
    score.textContent = `${known.filter((one) => one?.right).length} of ${parts.length} right`;
  }, signal);
  root.dataset.live = "";
}

/** On a phone, where one question shows at a time: the way to those before and after it. */
function wayThrough(root, parts) {
  const way = add(root, "p", { class: "way" });
  let at = 0;
  const step = (label, by) => {
    const button = add(way, "button", { type: "button" }, label);
    button.addEventListener("click", () => {
      show(at + by);
      const words = parts[at].querySelector("legend");
      words.tabIndex = -1;
      words.focus();
    });
    return button;
  };
  const back = step("Previous", -1);
  const place = add(way, "span");
  const onward = step("Next", 1);
  const show = (to) => {
    at = to;
    parts.forEach((part, i) => part.toggleAttribute("data-current", i === at));
    place.textContent = `${at + 1} of ${parts.length}`;
    back.disabled = at === 0;
    onward.disabled = at === parts.length - 1;
  };
  show(0);
}

export default { render: live(enhance) };
