// A deck: reveal.js shows it. Here is what the course adds: two forms, two colour schemes, hands that are counted,
// code that runs, and notes in a window of their own.

import Reveal from "reveal.js";
import "../../../../book/assets/live/run_button.js";

const FORMS = { "16x9": { width: 1280, height: 720 }, "4x3": { width: 1152, height: 864 } };
const page = location.pathname.replace(/^.*\/|\.html$/g, "");
const asked = new URLSearchParams(location.search);
const root = document.documentElement;
let form = asked.get("ratio") === "4x3" ? "4x3" : "16x9";

/** As the style sheet sets out a slide in this form. */
function setOut() {
  root.dataset.form = form;
  return FORMS[form];
}

const deck = new Reveal({
  ...setOut(),
  margin: 0,
  minScale: 0.1,
  maxScale: 4,
  center: false,
  hash: true,
  slideNumber: asked.has("print-pdf") ? false : "c/t",
  transition: "none",
  backgroundTransition: "none",
  controlsLayout: "edges",
  controlsTutorial: false,
  pdfMaxPagesPerSlide: 1,
  pdfPageHeightOffset: 0,
});

// Figures are as large as fits: the style sheet begins with what they take on pages, and letters are wider here and there.
const figures = /** @type {HTMLElement[]} */ ([...document.querySelectorAll(".moving")]);
const frame = () => new Promise(requestAnimationFrame);

/** Makes a figure smaller until nothing of it is cut off. It draws itself anew in each size. */
async function fit(figure) {
  if (figure.dataset.fits === form || !figure.clientHeight) return; // reveal.js hides the slides that are far away
  figure.dataset.fits = "";
  const wanted = form;
  for (let less = 0; less < 0.7; less += 0.04) {
    figure.style.setProperty("--less", less.toFixed(2));
    await frame().then(frame);
    if (figure.scrollHeight <= figure.clientHeight && figure.scrollWidth <= figure.clientWidth) break;
  }
  figure.dataset.fits = wanted;
}

/** One after the other: a second call would undo what the first one found. */
let fitting = Promise.resolve();
function fitAll() {
  for (const figure of figures) if ("live" in figure.dataset) fitting = fitting.then(() => fit(figure));
}
document.addEventListener("live", fitAll);

// Hands: each question keeps its numbers while the window is open, for the slide with its answer.
const polls = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("[data-poll]")]);
const counts = (name) => JSON.parse(sessionStorage.getItem(`hands:${name}`) ?? "[]");

function tell(name) {
  const hands = counts(name);
  const all = hands.reduce((sum, each) => sum + each, 0);
  for (const poll of polls.filter(({ dataset }) => dataset.poll === name)) {
    (/** @type {HTMLElement[]} */ ([...poll.children])).forEach((choice, i) => {
      choice.style.setProperty("--share", String(all ? (hands[i] ?? 0) / all : 0));
      const [said, typed] = [choice.querySelector("output"), choice.querySelector("input")];
      if (said) said.textContent = hands[i] ? `${hands[i]}` : "";
      if (typed && document.activeElement !== typed) typed.value = hands[i] ? `${hands[i]}` : "";
    });
  }
}

for (const poll of polls) {
  const { poll: name } = poll.dataset;
  poll.addEventListener("input", () => {
    const typed = [...poll.querySelectorAll("input")].map(({ value }) => Math.max(0, Math.trunc(Number(value)) || 0));
    sessionStorage.setItem(`hands:${name}`, JSON.stringify(typed));
    tell(name);
  });
  tell(name);
}

// A button that has the focus is pressed by Enter and Space, and turns no slide.
document.addEventListener("keydown", (event) => {
  const { target } = event;
  if (target instanceof Element && target.closest("button, summary, a[href], select, .cm-editor") && /^( |Enter|Arrow|Page)/.test(event.key)) {
    if (target.closest(".slide")) event.stopPropagation();
  }
});

// The notes follow the deck, and turn its slides.
const talk = new BroadcastChannel(`slides:${page}`);
const here = () => talk.postMessage({ at: deck.getCurrentSlide()?.id });
talk.addEventListener("message", ({ data }) => {
  if (data.ask) here();
  else if (data.turn === 1) deck.next();
  else if (data.turn === -1) deck.prev();
  else if (typeof data.go === "string") {
    const slide = [...document.querySelectorAll(".slides > section")].find(({ id }) => id === data.go);
    if (slide) deck.slide(deck.getIndices(/** @type {HTMLElement} */ (slide)).h);
  }
});

deck.addKeyBinding({ keyCode: 83, key: "S", description: "Open the speaker's notes" }, () => {
  open(`${page}_notes.html?follow`, `notes:${page}`, "width=1100,height=800");
});
deck.addKeyBinding({ keyCode: 82, key: "R", description: "Change between 16:9 and 4:3" }, () => {
  form = form === "4x3" ? "16x9" : "4x3";
  deck.configure(setOut());
  fitAll();
});
deck.addKeyBinding({ keyCode: 68, key: "D", description: "Change between light and dark" }, () => {
  root.dataset.theme = root.dataset.theme === "dark" ? "light" : "dark";
});

deck.on("slidechanged", here);
deck.on("slidechanged", fitAll);
deck.initialize().then(here);
