// Brings the quizzes and cards of a page to life, each by the script of its name, when a reader comes near.

import { complete, enliven as bring } from "../../lossbook/study/static.js";
import { answered, progress } from "../../lossbook/study/store.js";
import { whenNear } from "./near.js";

const scripts = {
  worked: () => import("../../lossbook/study/worked.js"),
  quiz: () => import("../../lossbook/study/quiz.js"),
  cards: () => import("../../lossbook/study/cards.js"),
  today: () => import("../../lossbook/study/today.js"),
  confidence: () => import("../../lossbook/study/confidence.js"),
  self_test: () => import("../../lossbook/study/self_test.js"),
  chooser: () => import("../../lossbook/study/chooser.js"),
  passport: () => import("../../lossbook/study/passport.js"),
  progress: () => import("../../lossbook/study/progress.js"),
};

const frame = () => new Promise(requestAnimationFrame);

/** What stands further down is not seen until it is alive: a reader who is there by then sees nothing jump. */
async function enliven(root) {
  const { study, below, rules } = root.dataset;
  root.toggleAttribute("data-coming", below !== undefined);
  try {
    const [{ enhance }] = await Promise.all([scripts[study](), rules && complete(root.querySelectorAll(".question"), rules)]);
    await bring(enhance, root);
    await frame().then(frame); // it has its new place before it is seen
  } finally {
    root.removeAttribute("data-coming");
    root.removeAttribute("data-waits");
  }
}

const places = document.querySelectorAll("[data-study]");
for (const root of places) root.toggleAttribute("data-waits", true); // for a reader who may come before its script
const all = whenNear(places, enliven);
// Paper shows them as their style sheets say. The keys for printing begin with one of these, and its button is in the menu.
addEventListener("beforeprint", all);
addEventListener("keydown", ({ ctrlKey, metaKey }) => { if (ctrlKey || metaKey) all(); });
document.querySelector("header details.dropdown")?.addEventListener("toggle", all);

// A figure asked what its reader expects: the first answer counts, and its question comes back.
addEventListener("predicted", (event) => {
  const { id, right } = /** @type {CustomEvent} */ (event).detail;
  if (!progress().questions[id]) answered(id, right);
});

// On paper a page is a worksheet: answers, hints and solutions stand at its end.
const atEnd = document.createElement("section");
atEnd.className = "study on-paper";

/** @param {string} tag @param {string} words */
const said = (tag, words) => Object.assign(document.createElement(tag), { textContent: words });

addEventListener("beforeprint", () => {
  atEnd.replaceChildren(said("h2", "Answers"));
  for (const part of document.querySelectorAll(".study-quiz .question, .help")) {
    const name = part.querySelector(".count") ?? part.closest("section")?.querySelector("h2, h3");
    atEnd.append(said("h4", name?.firstChild?.textContent?.split(" · ")[0] ?? ""));
    for (const answer of part.querySelectorAll(".solution, :scope.help > details")) {
      const copy = /** @type {HTMLDetailsElement} */ (answer.cloneNode(true));
      copy.open = true;
      atEnd.append(copy);
    }
  }
  if (atEnd.childElementCount < 2) return;
  document.documentElement.classList.add("worksheet");
  document.querySelector("article")?.append(atEnd);
});
addEventListener("afterprint", () => {
  document.documentElement.classList.remove("worksheet");
  atEnd.remove();
});
