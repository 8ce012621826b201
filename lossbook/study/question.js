// One question: native inputs, a button to check, and answers back where they belong.
import { add } from "../widgets.js";
import { match, readings, shuffled, verdictOnSeveral } from "./judging.js";

const range = (list) => list.map((_, i) => i);

/**
 * Bring a question to life. `after({ right, told })` is called when it was answered,
 * `told` being the places of what got a reply. Unless `again` is false, it can be
 * tried again, in its next variant if it was right.
 */
export function question(root, { after, again = true, variant = 0 }) {
  const { kind } = root.dataset;
  const find = (selector) => root.querySelector(selector);
  const all = (selector) => [...root.querySelectorAll(selector)];
  const answer = find(".answer");
  const choices = all(".choices > li");
  const inputs = all("input");
  const [box] = inputs;
  const first = document.createDocumentFragment();
  first.append(...all(".text, .solution").map((part) => part.cloneNode(true)));
  const variants = [first, ...all("template").map(({ content }) => content)];

  const verdict = document.createElement("div");
  verdict.className = "verdict";
  verdict.setAttribute("role", "status");
  const actions = document.createElement("p");
  actions.className = "actions";
  const press = (name, label, action) => {
    const button = add(actions, "button", { type: "button", class: name }, label);
    button.addEventListener("click", action);
    return button;
  };
  const checkButton = press("check", "Check", check);
  const againButton = press("again", "Try again", startAgain);
  answer.before(verdict, actions);

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
  let shown;
  show(variant);
  open();

  /** Show a variant of the question, its choices in a new order. */
  function show(number) {
    shown = number % variants.length;
    for (const part of [".text", ".solution"]) {
      find(part).replaceWith(variants[shown].querySelector(part).cloneNode(true));
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

  /** What is told about each choice, or known mistake, in the stored order. */
  function told() {
    const items = all(".feedback > li");
    return kind === "numeric" ? items : items.sort((a, b) => a.place - b.place);
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
    for (const input of inputs) {
      input.disabled = false;
      input.removeAttribute("aria-describedby");
      input.removeAttribute("aria-invalid");
    }
    for (const button of moves.flat()) button.hidden = false;
    checkButton.hidden = false;
    againButton.hidden = true;
  }

  function startAgain() {
    const wasRight = root.dataset.state === "right";
    if (wasRight) show(shown + 1);
    for (const input of inputs) {
      if (wasRight || kind === "one") input.checked = false;
      if (wasRight && kind === "numeric") input.value = "";
    }
    open();
    (all("input, .move")[0]).focus();
    if (kind === "numeric") box.select();
  }

  function check() {
    const result = { one: checkChoices, several: checkChoices, numeric: checkNumber, ordering: checkOrder }[kind]();
    if (result.ask) {
      verdict.replaceChildren();
      add(verdict, "strong", { class: "ask" }, result.ask);
      (all("input:checked")[0] ?? inputs[0] ?? moves[0][0]).focus();
      return;
    }
    settle(result);
    if (again) againButton.focus();
    after?.({ right: result.right, told: result.told });
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
      const beside = choices[i] ?? find(".entry");
      const back = add(beside, "div", { class: "told", id: `${name}-${i}` });
      back.append(...items[i].cloneNode(true).childNodes);
      (inputs[i] ?? box).setAttribute("aria-describedby", back.id);
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
    if (right) againButton.textContent = variants.length > 1 ? "Other numbers" : "Once more";
    else againButton.textContent = "Try again";
  }

  return actions;
}
