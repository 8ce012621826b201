// The page half of quiz.py: questions in a list, and how many of them are right.
import { add } from "../elements.js";
import { fetchKinds } from "./kinds.js";
import { question } from "./question.js";
import { live, others, rows } from "./static.js";
import { answered, follow, progress } from "./store.js";

/** Bring a quiz to life where it stands. */
export async function enhance(root, signal) {
  const score = root.querySelector(".score");
  const parts = [...root.querySelectorAll(".question")];
  await fetchKinds(parts);
  const marks = parts.map((part) => add(part.querySelector(".count"), "span", { class: "so-far" }));

  const more = others(parts, root.dataset.variants);
  const reps = ({ dataset }) => progress().questions[dataset.id]?.reps ?? 0;
  if (parts.some((part) => rows(part) > 1 && reps(part))) await more();
  for (const part of parts) {
    question(part, {
      variant: reps(part),
      more,
      after(result) {
        answered(part.dataset.id, result.right, result);
        if (result.right && rows(part) > 1) more(); // there before they are asked for
      },
    });
  }

  if (parts.length > 1) wayThrough(root, parts);

  follow(() => {
    const { questions } = progress();
    const known = parts.map((part) => questions[part.dataset.id]);
    marks.forEach((mark, i) => {
      mark.textContent = known[i] ? ` · ${known[i].right ? "✓ right" : "✗ not yet right"}` : "";
      mark.dataset.mark = known[i]?.right ? "right" : "wrong";
    });
    const right = known.filter((one) => one?.right).length;
    score.textContent = known.some(Boolean) ? `${right} of ${parts.length} right` : ""; // no verdict before an answer
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
