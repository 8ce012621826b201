// Brings the quizzes and cards of a page to life, each by the script of its name.

const scripts = {
  quiz: () => import("../../lossbook/study/quiz.js"),
  cards: () => import("../../lossbook/study/cards.js"),
  self_test: () => import("../../lossbook/study/self_test.js"),
  progress: () => import("../../lossbook/study/progress.js"),
};

for (const root of document.querySelectorAll("[data-study]")) {
  scripts[root.getAttribute("data-study")]().then(({ enhance }) => enhance(root));
}

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
