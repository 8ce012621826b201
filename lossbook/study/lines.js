// A question whose answer is a program: lines to put in order and to indent, by pointer, touch and keys; some are left out.
import { add } from "../elements.js";
import { misconceptions, shuffled } from "./judging.js";

const DEEPEST = 3; // steps of indentation
const STEP = 1.5; // rem, as in the style sheet
const WHY = {
  stranger: "it does not belong there.",
  early: "it comes too early.",
  shallow: "it is indented too little.",
  deep: "it is indented too much.",
};

/**
 * What counts as right of a line: its indentation, the lines that come before it, and the
 * line whose place it would take if it does not belong.
 * @typedef {{ indent: number, after: number[], instead: number | null }} About
 */

/**
 * The first line of a program that is wrong, and why; null if all fit.
 * @param {{ line: number, indent: number }[]} program
 * @param {About[]} about
 */
export function firstWrong(program, about) {
  const before = new Set();
  for (const [at, { line, indent }] of program.entries()) {
    const wanted = about[line];
    const wrong = (/** @type {keyof typeof WHY} */ why) => ({ at, line, why });
    if (wanted.instead !== null) return wrong("stranger");
    if (!wanted.after.every((other) => before.has(other))) return wrong("early");
    if (indent !== wanted.indent) return wrong(indent < wanted.indent ? "shallow" : "deep");
    before.add(line);
  }
  return null;
}

const places = (about) => about.map((_, line) => line);

/**
 * The lines that belong, in an order that is right.
 * @param {About[]} about
 */
export function rightOrder(about) {
  const order = [];
  const belong = places(about).filter((line) => about[line].instead === null);
  while (order.length < belong.length) {
    const ready = (line) => !order.includes(line) && about[line].after.every((other) => order.includes(other));
    order.push(belong.find(ready));
  }
  return order;
}

/** Bring such a question to life; what it is given and returns are those of `question`, which also gives what asks how sure one is. */
export function program(root, { after, again = true, sureness }) {
  const find = (selector) => root.querySelector(selector);
  const about = [...root.querySelectorAll(".feedback > li")].map(({ dataset }) => ({
    indent: Number(dataset.indent),
    after: dataset.after.split(" ").filter(Boolean).map(Number),
    instead: dataset.instead === undefined ? null : Number(dataset.instead),
  }));
  const told = [...root.querySelectorAll(".feedback > li")];
  const answer = find(".answer");
  const still = find(".pool"); // stays for paper, where nothing can be pressed
  const codes = [...still.querySelectorAll("code")].map((code) => code.textContent);
  const name = `program-${Math.random().toString(36).slice(2)}`;
  const paragraph = (text, properties) => {
    const node = add(root, "p", properties, text);
    answer.before(node);
    return node;
  };
  still.hidden = true;
  paragraph("Press a line to add it to your program, or drag it there.", { class: "hint", id: `${name}-pool` });
  const pool = add(root, "ol", { class: "pool", "aria-label": "Lines to choose from" });
  answer.before(pool);
  paragraph("Your program. There the arrow keys move and indent a line, and Delete takes it out; or press it for buttons.", { class: "hint", id: `${name}-built` });
  const built = add(root, "ol", { class: "built", "aria-label": "Your program" });
  const verdict = add(root, "div", { class: "verdict", role: "status" });
  const actions = add(root, "p", { class: "actions" });
  answer.before(built, verdict, actions);
  const sure = sureness(verdict);
  const press = (parent, label, action, properties = {}) => {
    const button = add(parent, "button", { type: "button", ...properties }, label);
    button.addEventListener("click", action);
    return button;
  };
  const checkButton = press(actions, "Check", check, { class: "check" });
  const helpButton = press(actions, "Help me", help, { class: "help-me" });
  const againButton = press(actions, "Try again", startAgain, { class: "again" });

  /** What is moved as one: a line, or some that were joined. The shift is that of its first line. */
  let parts = [];
  let open = true;

  function begin() {
    for (const { node } of parts) node.remove();
    // A line that does not belong stays beside the one whose place it would take.
    const groups = rightOrder(about).map((line) => places(about).filter((other) => other === line || about[other].instead === line));
    parts = shuffled(groups.length).flatMap((i) => groups[i]).map((line) => part([line]));
    pool.append(...parts.map(({ node }) => node));
    reopen();
  }

  function reopen() {
    open = true;
    root.dataset.state = "open";
    answer.open = false;
    verdict.replaceChildren();
    for (const one of parts) {
      delete one.node.dataset.mark;
      one.node.querySelector(".told")?.remove();
      one.line.disabled = false;
    }
    checkButton.hidden = false;
    helpButton.hidden = !helpful();
    againButton.hidden = true;
    sure.open();
    draw();
  }

  function part(lines) {
    const node = document.createElement("li");
    const line = add(node, "button", { type: "button", class: "line" });
    add(line, "span", { class: "grip", "aria-hidden": "true" }, "⠿");
    const rows = add(line, "span", { class: "rows" });
    const made = { node, line, rows, lines, shift: 0, moved: false };
    line.addEventListener("click", () => {
      if (made.moved || !open) return; // it was dragged
      if (isBuilt(made)) choose(made, !made.node.hasAttribute("data-chosen"));
      else addAtEnd(made);
    });
    line.addEventListener("keydown", (event) => { if (open && isBuilt(made) && byKey(made, event.key)) event.preventDefault(); });
    draggable(made);
    return made;
  }

  function isBuilt({ node }) {
    return node.parentNode === built;
  }

  const inOrder = () => [...built.children].map((node) => parts.find((one) => one.node === node)).filter((one) => one !== undefined);
  const indentOf = ({ lines, shift }, line) => shift + about[line].indent - about[lines[0]].indent;
  const codeOf = ({ lines }) => lines.map((line) => codes[line]).join(" and ");

  /** Draw where every line stands, and how far in. */
  function draw() {
    const order = inOrder();
    for (const one of parts) {
      const at = order.indexOf(one);
      one.rows.replaceChildren();
      for (const line of one.lines) {
        const row = add(one.rows, "code", {}, codes[line]);
        row.style.setProperty("--indent", String(at < 0 ? indentOf(one, line) - one.shift : indentOf(one, line)));
      }
      const place = at < 0 ? "" : `, line ${at + 1} of ${order.length}, ${indented(one.shift)}`;
      one.line.setAttribute("aria-label", codeOf(one) + place);
      one.line.setAttribute("aria-describedby", `${name}-${at < 0 ? "pool" : "built"}`);
      if (at < 0) choose(one, false);
      else if (!one.line.hasAttribute("aria-expanded")) one.line.setAttribute("aria-expanded", "false");
    }
  }

  const indented = (shift) => (shift ? `indented by ${shift}` : "not indented");

  function announce(text) {
    verdict.replaceChildren();
    add(verdict, "span", { class: "hidden" }, text);
  }

  function say(one) {
    draw();
    const order = inOrder();
    announce(isBuilt(one) ? `Line ${order.indexOf(one) + 1} of ${order.length}, ${indented(one.shift)}` : "Taken out");
  }

  function addAtEnd(one) {
    const next = one.node.nextElementSibling ?? one.node.previousElementSibling;
    one.shift = Math.min(inOrder().at(-1)?.shift ?? 0, DEEPEST); // as an editor does
    built.append(one.node);
    say(one);
    (next?.querySelector("button") ?? one.line).focus();
  }

  function takeOut(one) {
    const next = one.node.nextElementSibling ?? one.node.previousElementSibling;
    one.shift = 0;
    pool.append(one.node);
    say(one);
    (next?.querySelector("button") ?? one.line).focus();
  }

  function move(one, by) {
    const order = inOrder();
    const other = order[order.indexOf(one) + by];
    if (other) by < 0 ? other.node.before(one.node) : other.node.after(one.node);
    say(one);
  }

  function indent(one, by) {
    one.shift = Math.min(Math.max(one.shift + by, 0), DEEPEST);
    say(one);
  }

  function byKey(one, key) {
    const action = {
      ArrowUp: () => move(one, -1), ArrowDown: () => move(one, 1), ArrowLeft: () => indent(one, -1), ArrowRight: () => indent(one, 1),
    }[key];
    if (action) {
      action();
      one.line.focus(); // it has moved
    } else if (key === "Delete" || key === "Backspace") takeOut(one);
    else return false;
    return true;
  }

  /** The buttons of a line, for who has neither a mouse nor keys. */
  function choose(one, chosen) {
    one.node.querySelector(".tools")?.remove();
    one.node.toggleAttribute("data-chosen", chosen);
    if (isBuilt(one)) one.line.setAttribute("aria-expanded", String(chosen));
    else one.line.removeAttribute("aria-expanded");
    if (!chosen) return;
    for (const other of inOrder()) if (other !== one) choose(other, false);
    const tools = add(one.node, "span", { class: "tools" });
    const tool = (sign, label, action) => press(tools, sign, (event) => {
      action();
      event.currentTarget.focus(); // it has moved with its line
    }, { "aria-label": label });
    tool("↑", "Move up", () => move(one, -1));
    tool("↓", "Move down", () => move(one, 1));
    tool("←", "Indent less", () => indent(one, -1));
    tool("→", "Indent more", () => indent(one, 1));
    press(tools, "Take out", () => takeOut(one));
  }

  /** Drag by a mouse anywhere on the line, by a finger on its grip: elsewhere it scrolls the page. */
  function draggable(one) {
    const { node, line } = one;
    const marker = document.createElement("li");
    marker.className = "marker";
    /** @type {{ x: number, y: number, shift: number } | null} */
    let from = null; // where it was taken
    line.addEventListener("pointerdown", (event) => {
      one.moved = false;
      if (event.button || !open || (event.pointerType !== "mouse" && !event.target.closest(".grip"))) return;
      from = { x: event.clientX, y: event.clientY, shift: isBuilt(one) ? one.shift : 0 };
      line.setPointerCapture(event.pointerId);
    });
    line.addEventListener("pointermove", ({ clientX, clientY }) => {
      if (!from) return;
      const [right, down] = [clientX - from.x, clientY - from.y];
      if (!one.moved && Math.hypot(right, down) < 6) return;
      one.moved = true;
      node.dataset.dragged = "";
      node.style.translate = `${right}px ${down}px`;
      const step = STEP * parseFloat(getComputedStyle(document.documentElement).fontSize);
      const { top, bottom } = built.getBoundingClientRect();
      const near = clientY > top - 30 && clientY < bottom + 60;
      if (!near) {
        marker.remove();
        return;
      }
      one.to = Math.min(Math.max(from.shift + Math.round(right / step), 0), DEEPEST);
      marker.style.setProperty("--indent", String(one.to));
      const below = inOrder().find((other) => {
        const place = other.node.getBoundingClientRect();
        return other !== one && clientY < (place.top + place.bottom) / 2;
      });
      if (below) below.node.before(marker);
      else built.append(marker);
    });
    const end = (event) => {
      if (!from) return;
      from = null;
      node.style.translate = "";
      delete node.dataset.dragged;
      if (one.moved && event.type === "pointerup") {
        if (marker.isConnected) {
          one.shift = one.to;
          marker.replaceWith(node);
        } else if (isBuilt(one)) {
          one.shift = 0;
          pool.append(node);
        }
        say(one);
        line.focus();
      }
      marker.remove();
    };
    for (const type of ["pointerup", "pointercancel"]) line.addEventListener(type, end);
  }

  function helpful() {
    return open && parts.length > 3;
  }

  /** Make it easier: a line that does not belong goes, and when none is left two become one. */
  function help() {
    const stranger = [...inOrder(), ...parts].find(({ lines }) => about[lines[0]].instead !== null);
    if (stranger) {
      parts = parts.filter((one) => one !== stranger);
      stranger.node.remove();
      draw();
      verdict.replaceChildren();
      add(verdict, "strong", {}, "This line does not belong:");
      verdict.append(" ", ...told[stranger.lines[0]].cloneNode(true).childNodes);
    } else {
      const order = rightOrder(about);
      const at = (one) => order.indexOf(one.lines[0]);
      const sorted = parts.toSorted((one, other) => at(one) - at(other));
      // The shortest two neighbours, so that what is joined grows evenly.
      const size = (i) => sorted[i].lines.length + sorted[i + 1].lines.length;
      const i = [...sorted.keys()].slice(0, -1).reduce((best, next) => (size(next) < size(best) ? next : best));
      const [one, other] = [sorted[i], sorted[i + 1]];
      one.lines = [...one.lines, ...other.lines];
      parts = parts.filter((each) => each !== other);
      other.node.remove();
      draw();
      verdict.replaceChildren();
      add(verdict, "strong", {}, "These lines are one now:");
      for (const line of one.lines) {
        verdict.append(line === one.lines[0] ? " " : ", then ");
        add(verdict, "code", {}, codes[line]);
      }
    }
    helpButton.hidden = !helpful();
    if (helpButton.hidden) checkButton.focus();
  }

  function check() {
    const order = inOrder();
    if (!order.length) {
      verdict.replaceChildren();
      add(verdict, "strong", { class: "ask" }, "Put a line into your program first.");
      pool.querySelector("button").focus();
      return;
    }
    const flat = order.flatMap((one) => one.lines.map((line) => ({ line, indent: indentOf(one, line), one })));
    const wrong = firstWrong(flat, about);
    const missing = about.filter(({ instead }) => instead === null).length - flat.length;
    const said = sure.said();
    settle(flat, wrong, missing);
    if (again) againButton.focus();
    const mistakes = wrong ? misconceptions([told[wrong.line]]) : [];
    after?.({ right: !wrong && !missing, told: wrong ? [wrong.line] : [], said, mistakes, traps: misconceptions(told) });
  }

  /** Show how it was: what is right up to the first line that is not, and why that is wrong. */
  function settle(flat, wrong, missing) {
    const right = !wrong && !missing;
    open = false;
    root.dataset.state = right ? "right" : "wrong";
    for (const one of parts) {
      choose(one, false);
      one.line.disabled = true;
      one.line.removeAttribute("aria-expanded");
    }
    for (const { one } of flat.slice(0, wrong?.at)) one.node.dataset.mark = "right";
    verdict.replaceChildren();
    add(verdict, "strong", {}, right ? "✓ Right." : again ? "✗ Not right yet." : "✗ Not right.");
    if (wrong) {
      const { node, line } = flat[wrong.at].one;
      node.dataset.mark = "wrong";
      const back = add(node, "div", { class: "told", id: `${name}-told` });
      back.append(...told[wrong.line].cloneNode(true).childNodes);
      line.setAttribute("aria-describedby", back.id);
      verdict.append(` Line ${wrong.at + 1} is the first that is wrong: ${WHY[wrong.why]} `);
      add(verdict, "span", { class: "hidden" }, back.textContent);
    } else if (missing) verdict.append(` So far all is right, and ${missing} ${missing === 1 ? "line is" : "lines are"} missing.`);
    else verdict.append(find(".explanation").cloneNode(true));
    find("summary").textContent = right ? "Why each line stands there" : again ? "Show the answer" : "The answer";
    answer.open = !right && !again;
    checkButton.hidden = true;
    helpButton.hidden = true;
    againButton.hidden = !again;
    againButton.textContent = right ? "Once more" : "Try again";
  }

  function startAgain() {
    if (root.dataset.state === "right") begin();
    else reopen();
    root.querySelector(":is(.built, .pool) .line").focus();
  }

  begin();
  return actions;
}
