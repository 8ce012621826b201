// One question: native inputs, a button to check, and answers back where they belong.
import { add } from "../elements.js";
import { match, misconceptions, readings, shuffled, verdictOnSeveral } from "./judging.js";
import { isHelpless, kinds } from "./kinds.js";
import { rows } from "./static.js";
import { progress } from "./store.js";

const SURE = [10, 30, 50, 70, 90, 99]; // per cent, as in confidence.py

const range = (list) => list.map((_, i) => i);

/**
 * Bring a question to life. `after({ right, told, said, mistakes, traps })` is called when it was
 * answered, `told` being the places of what got a reply, `said` how sure the reader was, and
 * `mistakes` the headings of the page of common errors that the reply leads to, of the `traps` that
 * the question has. Unless `again` is false, it can be tried again, in its next variant if it was
 * right, which `more` brings. Its kind was fetched (kinds.js).
 */
export function question(root, { after, again = true, variant = 0, more = async () => {} }) {
  const { kind } = root.dataset;
  if (kind === "lines" && kinds.lines) return kinds.lines(root, { after, again, sureness });
  const find = (selector) => root.querySelector(selector);
  const all = (selector) => [...root.querySelectorAll(selector)];
  const answer = find(".answer");
  const choices = all(".choices > li");
  const inputs = all("input");
  const [box] = inputs;
  for (const rules of /** @type {HTMLTemplateElement[]} */ (all("template.rules"))) {
    find(".solution").append(rules.content);
    rules.remove();
  }
  const first = document.createDocumentFragment();
  first.append(...all(".text, .solution").map((part) => part.cloneNode(true)));
  const variants = () => [first, ...all("template").map(({ content }) => content)];

  const verdict = add(root, "div", { class: "verdict", role: "status" });
  const actions = add(root, "p", { class: "actions" });
  const press = (name, label, action) => {
    const button = add(actions, "button", { type: "button", class: name }, label);
    button.addEventListener("click", action);
    return button;
  };
  const checkButton = press("check", "Check", check);
  const againButton = press("again", "Try again", startAgain);
  answer.before(verdict, actions);
  const sure = sureness(verdict);

  // Two views of one quiz must not share their radio buttons.
  const name = `${root.dataset.id}-${Math.random().toString(36).slice(2)}`;
  for (const input of inputs) {
    input.name = name;
    input.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || checkButton.hidden) return;
      event.preventDefault(); // or it would press the button that gets the focus
      check();
    });
  }
  const moves = kind === "ordering" ? choices.map(mover) : [];
  /** @type {ReturnType<typeof import("./sketch.js").pad> | undefined} */
  let drawn;
  let shown;
  show(variant);
  open();
  if (isHelpless(kind)) lookOnly();
  else if (kind === "sketch") prepare();

  /** Show a variant of the question, its choices in a new order. */
  function show(number) {
    const there = variants();
    shown = number % there.length;
    for (const part of [".text", ".solution"]) {
      find(part).replaceWith(there[shown].querySelector(part).cloneNode(true));
    }
    if (!choices.length) return;
    let order = shuffled(choices.length);
    if (kind === "ordering" && isSolved(order)) order = order.reverse();
    find(".choices").append(...order.map((i) => choices[i]));
    if (kind === "ordering") return;
    const items = all(".feedback > li");
    items.forEach((item, i) => { item.place = i; }); // its place as stored, whatever the order now
    find(".feedback").append(...order.map((i) => items[i]));
    order.forEach((i, at) => { items[i].value = at + 1; }); // its letter, also where one before it is hidden
  }

  /** What is told about each choice, known mistake or rule, in the stored order. */
  function told() {
    const items = all(".feedback > li");
    return choices.length ? items.sort((a, b) => a.place - b.place) : items;
  }

  /** The place to draw; it needs the rules, which a page may have failed to fetch. */
  function prepare() {
    if (!find(".solution [data-key]")) return lookOnly();
    drawn = kinds.sketch(find(".pad"), () => { if (!checkButton.hidden) check(); });
    root.dataset.drawn = "";
  }

  /** Without what it needs there is the answer to look at. */
  function lookOnly() {
    delete root.dataset.state;
    checkButton.hidden = true;
  }

  function rightOrder() {
    return all(".order > li").map((item) => Number(item.dataset.place));
  }

  function isSolved(order) {
    return rightOrder().every((place, i) => place === order[i]);
  }

  /** Buttons that move one of the things to be ordered. */
  function mover(item) {
    const label = item.querySelector("span").textContent;
    const buttons = [{ word: "Up", by: -1, sign: "↑" }, { word: "Down", by: 1, sign: "↓" }].map(({ word, by, sign }) => {
      const button = add(item, "button", { type: "button", class: "move", "aria-label": `Move ${word.toLowerCase()}: ${label}` }, sign);
      button.addEventListener("click", () => {
        const items = [...find(".choices").children];
        const to = items.indexOf(item) + by;
        if (to < 0 || to >= items.length) return;
        if (by < 0) items[to].before(item);
        else items[to].after(item);
        button.focus();
        verdict.replaceChildren();
        add(verdict, "span", { class: "hidden" }, `${label}: now number ${to + 1} of ${items.length}`);
      });
      return button;
    });
    return buttons;
  }

  /** Ready to be answered. */
  function open() {
    root.dataset.state = "open";
    verdict.replaceChildren();
    answer.open = false;
    for (const part of all(".told")) part.remove();
    for (const item of all(".feedback > li")) item.hidden = false;
    for (const item of choices) delete item.dataset.mark;
    for (const input of all("input")) {
      input.disabled = false;
      input.removeAttribute("aria-describedby");
      input.removeAttribute("aria-invalid");
    }
    for (const button of moves.flat()) button.hidden = false;
    drawn?.open();
    checkButton.hidden = false;
    againButton.hidden = true;
    sure.open();
  }

  async function startAgain() {
    const wasRight = root.dataset.state === "right";
    if (wasRight) {
      againButton.disabled = true; // the other numbers may still be on their way
      await more();
      againButton.disabled = false;
      show(shown + 1);
    }
    for (const input of inputs) {
      if (wasRight || kind === "one") input.checked = false;
      if (wasRight && kind === "numeric") input.value = "";
    }
    open();
    if (wasRight) drawn?.open(true);
    find("input, .move").focus();
    if (kind === "numeric") box.select();
  }

  function check() {
    const result = { one: checkChoices, several: checkChoices, numeric: checkNumber, ordering: checkOrder, sketch: checkSketch }[kind]();
    if (result.ask) {
      verdict.replaceChildren();
      add(verdict, "strong", { class: "ask" }, result.ask);
      (result.at ?? all("input:checked")[0] ?? inputs[0] ?? moves[0]?.[0])?.focus();
      return;
    }
    const items = told();
    const mistakes = result.right ? [] : misconceptions(result.told.map((i) => items[i]));
    const traps = misconceptions(items);
    const said = sure.said();
    settle(result);
    if (again) againButton.focus();
    after?.({ right: result.right, told: result.told, said, mistakes, traps });
  }

  function checkChoices() {
    const items = told();
    const chosen = range(inputs).filter((i) => inputs[i].checked);
    if (!chosen.length) return { ask: kind === "one" ? "Choose an answer first." : "Choose one or more answers first." };
    const isRight = (i) => items[i].hasAttribute("data-right");
    const wrong = chosen.filter((i) => !isRight(i));
    const missing = range(inputs).filter((i) => isRight(i) && !inputs[i].checked);
    const right = !wrong.length && !missing.length;
    return {
      right,
      told: chosen,
      say: kind === "several" && !right ? verdictOnSeveral(wrong.length, missing.length) : "",
      marks: new Map(chosen.map((i) => [i, isRight(i)])),
    };
  }

  function checkNumber() {
    const key = find(".key").dataset;
    const given = readings(box.value, box.labels[0].textContent.replace("Your answer", ""));
    box.setAttribute("aria-invalid", String(!given.length));
    if (!given.length) return { ask: "Write a number, such as 0.7, 0,7 or 2/3." };
    const tolerance = Number(key.tolerance);
    const right = match(given, [Number(key.key)], tolerance) === 0;
    const mistakes = told().map((item) => Number(item.dataset.key));
    const mistake = right || !mistakes.length ? -1 : match(given, mistakes, tolerance);
    return { right, told: mistake < 0 ? [] : [mistake], say: right ? find(".key").textContent : "" };
  }

  function checkOrder() {
    const order = [...find(".choices").children].map((item) => choices.indexOf(item));
    const places = rightOrder();
    const fits = order.filter((item, i) => item === places[i]).length;
    const marks = new Map(order.map((item, i) => [item, item === places[i]]));
    const say = fits === order.length ? "" : `${fits} of ${order.length} ${fits === 1 ? "stands" : "stand"} in the right place.`;
    return { right: fits === order.length, told: [], say, marks };
  }

  function checkSketch() {
    return drawn?.judged(find(".solution"));
  }

  /** Show how it was: marks, what is told beside the choices, and the verdict. */
  function settle({ right, told: places, say, marks = new Map() }) {
    root.dataset.state = right ? "right" : "wrong";
    const items = told();
    for (const [i, good] of marks) {
      choices[i].dataset.mark = good ? "right" : "wrong";
      if (kind === "ordering") add(choices[i], "div", { class: "told" }, good ? "In its place." : "Not in its place.");
    }
    verdict.replaceChildren();
    add(verdict, "strong", {}, right ? "✓ Right." : again ? "✗ Not right yet." : "✗ Not right.");
    verdict.append(` ${say}`);
    for (const i of places) {
      const beside = choices[i] ?? find(".entry, .pad");
      const back = add(beside, "div", { class: "told", id: `${name}-${i}` });
      back.append(...items[i].cloneNode(true).childNodes);
      (inputs[i] ?? box ?? find(".pad input")).setAttribute("aria-describedby", back.id);
      if (right) continue; // the explanation says it
      add(verdict, "span", { class: "hidden" }, back.textContent);
    }
    if (right) verdict.append(find(".explanation").cloneNode(true));
    for (const input of inputs) input.disabled = true;
    for (const button of moves.flat()) button.hidden = true;
    find("summary").textContent = right ? "All answers" : again ? "Show the answer" : "The answer";
    answer.open = !right && !again;
    for (const i of places) items[i].hidden = true; // it stands beside the choice
    checkButton.hidden = true;
    againButton.hidden = !again;
    if (right) againButton.textContent = rows(root) > 1 ? "Other numbers" : "Once more";
    else againButton.textContent = "Try again";
  }

  return actions;
}

/** Where the reader wishes it, a row before the verdict that asks how sure they are. An answer needs none. */
function sureness(verdict) {
  /** @type {HTMLInputElement[]} */
  let boxes = [];
  const words = `sure-${Math.random().toString(36).slice(2)}`;
  const row = add(verdict, "div", { class: "sure", role: "radiogroup", "aria-labelledby": words }); // `open` takes it out
  return {
    open() {
      row.remove();
      row.replaceChildren();
      boxes = [];
      if (!progress().sure.asks) return;
      add(row, "span", { id: words }, "How sure are you that this is right?");
      boxes = SURE.map((per) => {
        const label = add(row, "label");
        const box = add(label, "input", { type: "radio", name: words, value: per });
        label.append(` ${per} %`);
        return box;
      });
      verdict.before(row);
    },
    /** What was said, or null; it cannot be said otherwise any more. */
    said() {
      for (const box of boxes) box.disabled = true;
      const box = boxes.find(({ checked }) => checked);
      return box ? Number(box.value) : null;
    },
  };
}
