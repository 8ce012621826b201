// What is seen of a lesson: figures and stages in one place, of which one is shown, and the
// formula. It sets what differs from what was set last, and only in what is shown.
import { stage } from "../../../lossbook/motion/stage.js";

const SVG = "http://www.w3.org/2000/svg";
const PATIENCE = 8000; // ms, for a figure to come alive
const GLIDE = 500; // ms in which a figure goes back to where the lesson has it

/** Whether a figure came alive, or its script failed. */
const alive = (place) => new Promise((done) => {
  if ("live" in place.dataset) done(true);
  place.addEventListener("live", () => done(true), { once: true });
  setTimeout(() => done("live" in place.dataset), PATIENCE);
});

export class Scenes {
  #box;
  #formula;
  #score;
  /** @type {Record<string, any>} */
  #places = {}; // by the names of figures and stages
  #puts = {}; // of each stage what puts its parts into poses
  #plots = {}; // of each stage over a figure, the plot it was drawn on
  #shown = { lit: "" }; // what was set last

  constructor(root, score) {
    this.#box = root.querySelector(".scenes");
    this.#formula = [...root.querySelectorAll("[class*=part-]")];
    this.#score = score;
    for (const [name, file] of Object.entries(score.shown)) this.#add(name).dataset.model = file;
    for (const [name, about] of Object.entries(score.stages)) {
      if (about.over) continue;
      const svg = document.createElementNS(SVG, "svg");
      for (const [key, value] of Object.entries({ viewBox: about.box, role: "img", "aria-label": about.label })) svg.setAttribute(key, value);
      this.#add(name).append(svg);
      this.#puts[name] = stage(svg, about);
    }
  }

  #add(name) {
    const place = document.createElement("div");
    place.dataset.scene = name;
    this.#box.append(place);
    return (this.#places[name] = place);
  }

  /** Fetch the figures and bring them to life; `changed` is told when a reader moves one. */
  async start(host, changed) {
    const figures = Object.keys(this.#score.shown).map((name) => this.#places[name]);
    if (!figures.length) return;
    await import(host);
    await Promise.all(figures.map(async (place) => {
      if (await alive(place)) place.model.on("change", () => { if (!place.model.driven) changed(place.dataset.scene); });
    }));
  }

  /** The name of what is shown, and whether that is a figure. */
  get current() { return this.#shown.show; }

  get isFigure() { return this.current in this.#score.shown; }

  /** Set everything anew the next time: a reader has changed it. */
  forget() { this.#shown = { show: this.#shown.show, lit: this.#shown.lit }; }

  /** The value of a trait, such as "curve.x", as the reader left it. */
  get(name) {
    const [owner, trait] = name.split(".");
    return this.#places[owner].model?.get(trait);
  }

  #drive(owner, trait, value) {
    const { model } = this.#places[owner];
    if (!model) return; // its script failed
    model.driven = true; // it then says nothing to those who listen
    model.set(trait, value);
    model.driven = false;
  }

  /** A stage over a figure is drawn anew where the figure was, as after a change of its width. */
  #renew(figure) {
    for (const [name, about] of Object.entries(this.#score.stages)) {
      if (about.over !== figure) continue;
      const svg = this.#places[figure].querySelector(".plots svg");
      if (!svg || this.#plots[name] === svg) continue;
      this.#plots[name] = svg;
      this.#puts[name] = stage(svg, about, svg.units);
      for (const key of Object.keys(this.#shown)) if (key.startsWith(`${name}.`)) delete this.#shown[key];
    }
  }

  show(state) {
    const { show, lit } = state;
    const { stages } = this.#score;
    if (this.#shown.show !== show) {
      for (const [name, place] of Object.entries(this.#places)) place.toggleAttribute("data-on", name === show);
    }
    if (this.#shown.lit !== lit) {
      const parts = lit.split(" ").map((name) => `part-${name}`);
      for (const node of this.#formula) node.classList.toggle("lit", parts.some((name) => node.classList.contains(name)));
    }
    Object.assign(this.#shown, { show, lit });
    if (this.isFigure) this.#renew(show);
    for (const [name, value] of Object.entries(state)) {
      const [owner, part] = name.split(".");
      if (this.#shown[name] === value || !part || (stages[owner]?.over ?? owner) !== show) continue;
      if (stages[owner]) this.#puts[owner]?.[part](value);
      else this.#drive(owner, part, value);
      this.#shown[name] = value;
    }
  }

  /** To a state, from where a reader has left the figure. */
  async glide(to, still) {
    this.forget();
    const from = { ...to };
    for (const [name, value] of Object.entries(to)) {
      if (typeof value === "number") from[name] = this.get(name) ?? value;
    }
    const begun = performance.now();
    for (let f = 0; f < 1 && !still && !document.hidden;) {
      f = Math.min((performance.now() - begun) / GLIDE, 1);
      const mixed = Object.entries(to).map(([name, value]) => [name, from[name] === value ? value : from[name] + (value - from[name]) * f]);
      this.show(Object.fromEntries(mixed));
      await new Promise(requestAnimationFrame);
    }
    this.show(to);
  }
}
