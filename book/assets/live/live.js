// Cells that can be changed and run where they stand. Loaded when a reader first asks.
// The build (book/_ext/site/live.py) defines: WORKER, the name of the worker's script; CELLS,
// the ids of the code cells of each page; WIDGETS, scripts and styles by their stems.
import { Kernel } from "./kernel.js";
import css from "./live.css";
import { add, show } from "./output.js";
import { edits, keep, shown } from "./store.js";
import { style } from "../sheets.js";
import { Model } from "../widget_model.js";
import { tried } from "../../../lossbook/study/store.js";

const here = (name) => new URL(name, import.meta.url);
const page = location.pathname.replace(/^.*\/|\.html$/g, "");
const kernel = new Kernel(
  () => new Worker(here(WORKER), { type: "module" }),
  () => { for (const cell of cells) cell.forget(); },
);
const kept = edits(page);
/** @type {Cell[]} */
const cells = [];

const sheet = new CSSStyleSheet();
sheet.replaceSync(css);
document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];

/** A widget's state that Python shares. */
class Shared extends Model {
  #changed = {};

  constructor(id, state) {
    super(state);
    this.tell = kernel.connect(id, (news) => {
      for (const [name, value] of Object.entries(news)) super.set(name, value);
    });
  }

  set(name, value) {
    if (this.get(name) !== value) this.#changed[name] = value;
    super.set(name, value);
  }

  save_changes() {
    this.tell(this.#changed);
    this.#changed = {};
  }
}

async function widget(parent, { id, stem, state, text }) {
  const files = WIDGETS[stem];
  if (!files) {
    add(parent, "p", {}, `${text}: a page shows the widgets of lossbook only. A notebook shows it: "Run this chapter", at the top of the page.`);
    return;
  }
  const [script, ...sheets] = files.map(here);
  await Promise.allSettled(sheets.map(style));
  const { default: made } = await import(script.href);
  await made.render({ model: new Shared(id, state), el: parent, signal: new AbortController().signal });
}

/** What the check of an exercise found goes to the passport. */
function noted({ mime, data }) {
  /** @type {HTMLElement | false | null} */
  const found = mime === "text/html" && new DOMParser().parseFromString(data, "text/html").querySelector(".outcome[data-exercise]");
  if (!found) return;
  const { exercise = "", misconception } = found.dataset;
  tried(exercise, found.classList.contains("right"), { mistakes: misconception ? [misconception] : [] });
}

class Cell {
  #ok = false; // has it run as it is, in this Python?
  waiting = false;
  stopped = false;
  isStale = false;
  /** @type {Promise<void> | undefined} */
  opening;
  tell = (/** @type {string} */ words) => this.say(words);

  constructor(root, index) {
    this.root = root;
    this.name = `cell ${index + 1}`;
    this.id = (CELLS[page] ?? [])[index] ?? `cell-${index}`;
    this.pre = root.querySelector(".cell_input pre");
    this.original = this.pre.textContent.replace(/\n$/, "");
    Object.assign(this, shown(kept[this.id], this.original));
    this.printed = root.querySelector(".cell_output");
  }

  /** Turns the code into an editor with buttons, once. */
  async open({ focus = true } = {}) {
    this.opening ??= this.#open();
    await this.opening;
    if (focus) this.editor?.focus();
  }

  async #open() {
    const { editor } = await import("./editor.js");
    const place = this.pre.closest(".cell_input");
    place.classList.add("live");
    for (const node of place.children) node.hidden = true;
    this.editor = editor({
      parent: add(place, "div", { class: "live-editor" }),
      text: this.text,
      label: `Code of ${this.name}. Escape leaves the editor.`,
      changed: (text) => this.#changed(text),
      run: () => this.run(),
      leave: () => this.buttons.run.focus(),
    });
    const bar = add(place, "div", { class: "live-bar" });
    const button = (name, text, press) => {
      const node = add(bar, "button", { type: "button" }, text);
      node.addEventListener("click", press);
      return [name, node];
    };
    this.buttons = Object.fromEntries([
      button("run", "Run", () => this.run()),
      button("above", "Run all above", () => this.runAbove()),
      button("stop", "Stop", () => this.stop()),
      button("restart", "Restart Python", () => this.restart()),
      button("reset", "Reset code", () => this.reset()),
    ]);
    this.status = add(bar, "span", { role: "status" });
    if (this === cells[0]) this.buttons.above.hidden = true;
    if (this.isStale) this.say("The book has changed this cell since you did. This is your text; “Reset code” shows the book's.");
    this.#update();
  }

  #changed(text) {
    this.text = text;
    this.#ok = false;
    keep(page, this.id, this.original, text);
    if (this.printed && !this.live && text === this.original) this.printed.hidden = false;
    this.#update();
  }

  #update() {
    if (!this.buttons) return;
    this.buttons.stop.hidden = !this.waiting;
    this.buttons.run.hidden = Boolean(this.waiting);
    this.buttons.reset.hidden = this.text === this.original && !this.live;
  }

  say(words) { if (this.status) this.status.textContent = words; }

  code() { return this.text; }

  /** Run this cell, after those above that have not run as they are. */
  async run() {
    this.root.dataset.state = "waiting";
    kernel.warm(); // while the editor loads
    await this.open({ focus: false });
    const needed = cells.slice(0, cells.indexOf(this)).filter((cell) => !cell.#ok);
    for (const [i, cell] of needed.entries()) {
      this.say(`First the cells above: ${i + 1} of ${needed.length} …`);
      if (!(await cell.runAlone((words) => this.say(`${words} (${i + 1} of ${needed.length} cells above)`)))) {
        delete this.root.dataset.state;
        if (!cell.stopped) this.say(`A cell above stopped with an error: ${cell.name}. This one was not run.`);
        return;
      }
    }
    await this.runAlone();
  }

  async runAbove() {
    const above = cells.slice(0, cells.indexOf(this));
    for (const cell of above) cell.#ok = false;
    for (const [i, cell] of above.entries()) {
      if (!(await cell.runAlone((words) => this.say(`${words} (${i + 1} of ${above.length} cells above)`)))) {
        this.say(`${cell.name} stopped with an error.`);
        return;
      }
    }
    this.say("All cells above have run.");
  }

  runAlone(tell = (words) => this.say(words)) {
    this.tell = tell;
    this.waiting = true;
    this.stopped = false;
    this.#update();
    return kernel.run(this);
  }

  progress(words) { this.tell(words); }

  begin() {
    this.live ??= this.#place();
    this.live.replaceChildren();
  }

  /** Where outputs go: instead of the printed ones, which stay for "Reset code". */
  #place() {
    const node = document.createElement("div");
    node.className = "cell_output live-output";
    this.root.append(node);
    if (this.printed) this.printed.hidden = true;
    return node;
  }

  show(output) {
    this.live ??= this.#place();
    show(this.live, output, widget);
    noted(output);
  }

  end(ok) {
    this.#ok = ok;
    this.waiting = false;
    this.root.dataset.state = ok ? "ran" : "failed";
    this.#update();
    this.say(ok ? "Done." : "Stopped with an error.");
  }

  stop() {
    for (const cell of cells) cell.stopped = cell.waiting;
    restart();
    this.say("Stopped. Python starts anew: variables are gone, and “Run” runs the cells above again.");
  }

  restart() {
    restart();
    this.say("Python starts anew: variables are gone.");
  }

  reset() {
    this.editor?.write(this.original);
    this.live?.remove();
    this.live = null;
    if (this.printed) this.printed.hidden = false;
    this.#update();
    this.say("This is the code of the book.");
    this.editor?.focus();
  }

  forget() { this.#ok = false; }
}

function restart() {
  kernel.stop();
  for (const cell of cells) cell.forget();
  kernel.warm();
}

cells.push(...[...document.querySelectorAll(".cell:has(> .cell_input)")].map((root, i) => new Cell(root, i)));

/** The cell around a node of the page. */
export const cellOf = (node) => cells.find((cell) => cell.root.contains(node));

/** Shows again what the reader had changed, and not below it what the book's code gave. */
export const restore = () => Promise.all(cells.filter((cell) => cell.text !== cell.original).map(async (cell) => {
  cell.pre.closest("details")?.toggleAttribute("open", true); // what is changed is seen
  await cell.open({ focus: false });
  if (cell.printed) cell.printed.hidden = true;
  if (!cell.isStale) cell.say("This is your code. Run it to see what it gives.");
}));
