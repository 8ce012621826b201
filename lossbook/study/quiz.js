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

export default { render: live(enhance) };
