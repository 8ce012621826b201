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
