// Brings the quizzes and cards of a page to life, each by the script of its name, when a reader comes near.

import { whenNear } from "./near.js";
import { style } from "./sheets.js";

const scripts = {
  quiz: () => import("../../lossbook/study/quiz.js"),
  cards: () => import("../../lossbook/study/cards.js"),
  self_test: () => import("../../lossbook/study/self_test.js"),
  chooser: () => import("../../lossbook/study/chooser.js"),
  progress: () => import("../../lossbook/study/progress.js"),
};

/** Puts what the questions ask with other numbers into their places. Without it they ask what they show. */
async function variants(root) {
  const reply = await fetch(root.dataset.variants).catch(() => null);
  if (!reply?.ok) return;
  const { head } = new DOMParser().parseFromString(await reply.text(), "text/html"); // a file of the site, as the page itself
  for (const variant of head.querySelectorAll("template")) {
    root.querySelector(`fieldset[data-id="${variant.dataset.id}"] > .answer`)?.append(variant);
  }
}

const frame = () => new Promise(requestAnimationFrame);

/** Where the page has not loaded the style sheet already, it comes first; a reader who is there by then sees nothing jump. */
async function enliven(root) {
  const { study, sheet, variants: others } = root.dataset;
  root.toggleAttribute("data-coming", Boolean(sheet));
  try {
    const [{ enhance }] = await Promise.all([scripts[study](), sheet && style(sheet), others && variants(root)]);
    enhance(root);
    await frame().then(frame); // it has its new place before it is seen
  } finally {
    root.removeAttribute("data-coming");
  }
}

const all = whenNear(document.querySelectorAll("[data-study]"), enliven);
// Paper shows them as their style sheets say. The keys for printing begin with one of these, and its button is in the menu.
addEventListener("beforeprint", all);
addEventListener("keydown", ({ ctrlKey, metaKey }) => { if (ctrlKey || metaKey) all(); });
document.querySelector("header details.dropdown")?.addEventListener("toggle", all);

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
