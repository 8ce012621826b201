// Brings the quizzes and cards of a page to life, each by the script of its name. The build
// (book/_ext/study.py) writes the names of the files in here.

const scripts = {
  quiz: () => import("./quiz.js"),
  cards: () => import("./cards.js"),
  self_test: () => import("./self_test.js"),
  progress: () => import("./progress.js"),
};

for (const root of document.querySelectorAll("[data-study]")) {
  scripts[root.dataset.study]().then(({ enhance }) => enhance(root));
}
