// What all figures share: scales, axes, controls, announcements.
// The script of each imports from here. Draws and looks up; computes no loss.

import { add, draw, set } from "./elements.js";
export { add, draw, set } from "./elements.js";

/**
 * Maps a domain linearly to a range; `invert` maps back.
 * @param {number[]} domain
 * @param {number[]} range
 */
export function scale([d0, d1], [r0, r1]) {
  const map = (/** @type {number} */ value) => r0 + ((value - d0) / (d1 - d0)) * (r1 - r0);
  map.invert = (/** @type {number} */ place) => d0 + ((place - r0) / (r1 - r0)) * (d1 - d0);
  map.domain = [d0, d1];
  map.range = [r0, r1];
  return map;
}

/** About `count` round numbers from `low` to `high`. */
export function ticks(low, high, count = 5) {
  const rough = (high - low) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5].find((factor) => factor * power >= rough * 0.75) ?? 10);
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

/** Index of the value that is nearest to `wanted`. */
export function nearest(values, wanted) {
  let best = 0;
  values.forEach((value, i) => {
    if (Math.abs(value - wanted) < Math.abs(values[best] - wanted)) best = i;
  });
  return best;
}

/** Where `wanted` stands among rising values: an index, with a fraction between two of them. */
export function locate(values, wanted) {
  const i = values.findIndex((value) => value >= wanted);
  if (i < 1) return i ? values.length - 1 : 0;
  return i - (values[i] - wanted) / (values[i] - values[i - 1]);
}

/**
 * What `of(i, j, …)` gives at whole places, for places with fractions: only drawn, never
 * told. Beside a null it is null.
 */
export function mix(of, place, ...more) {
  if (place === undefined) return of();
  const i = Math.floor(place);
  const at = (n) => mix((...rest) => of(n, ...rest), ...more);
  const from = at(i);
  if (i === place) return from;
  const to = at(i + 1);
  return from === null || to === null ? null : from + (to - from) * (place - i);
}

/** The value at a place of `locate`. */
export const mid = (values, place) => mix((i) => values[i], place);

/** The samples that Python made, which travel as one line of JSON. */
export const samples = (model, name) => JSON.parse(model.get(name));

/** A number as the book prints it; null stands for what is infinite. */
export function say(value, digits = 2) {
  if (value === null) return "infinite";
  const size = Math.abs(value).toFixed(digits);
  const [whole, ...rest] = size.split(".");
  const text = [whole.replace(/\B(?=(\d{3})+$)/g, ","), ...rest].join(".");
  return value < 0 && Number(size) !== 0 ? `−${text}` : text;
}

/** The points of a line through samples; where one is null the line stops. */
export function path(xs, ys, x, y) {
  let pen = "M";
  const parts = [];
  xs.forEach((at, i) => {
    if (ys[i] === null) {
      pen = "M";
      return;
    }
    parts.push(`${pen}${x(at).toFixed(1)} ${y(ys[i]).toFixed(1)}`);
    pen = "L";
  });
  return parts.join("");
}

/** @typedef {ReturnType<typeof frame>} View */

/** What a figure says: the number that matters, and the rest of the sentence. */
export const sentence = (said) => [said].flat().filter(Boolean).join(" ");

/**
 * The frame of an explorer: title, a place for plots, controls, what it reads, and
 * what it says to those who listen. Everything that is added hangs on `signal`,
 * which stops when the view is taken away. On a wide stage the controls stand beside
 * the plots; with `abreast` below them, for plots that stand side by side.
 */
export function frame({ model, el, name, abreast = false }) {
  const stop = new AbortController();
  const { signal } = stop;
  const root = add(el, "div", { class: `lossbook living lossbook-${name}`, role: "group", "aria-label": model.get("title") });
  const parts = add(root, "div", { class: abreast ? "parts abreast" : "parts" });
  add(parts, "p", { class: "title" }, model.get("title"));
  const plots = add(parts, "div", { class: "plots" });
  const box = add(parts, "div", { class: "said" });
  const readout = add(box, "p", { class: "readout" });
  const [number, rest] = [add(readout, "strong", { class: "number" }), add(readout, "span")];
  const controls = add(parts, "div", { class: "controls" });
  add(root, "p", { class: "hidden" }, model.get("description"));
  const status = add(root, "p", { class: "hidden", role: "status" });
  const em = parseFloat(getComputedStyle(root).fontSize);
  const narrow = root.clientWidth > 0 && root.clientWidth < 37.5 * em; // as in the style sheet

  // JupyterLab takes arrow keys for itself unless they stop here.
  for (const type of ["keydown", "keyup"]) {
    controls.addEventListener(type, (event) => event.stopPropagation(), { signal });
  }

  let quiet;
  /** Show a sentence, or a number and the rest of one; announce it once the reader has stopped moving. */
  function tell(said) {
    const whole = sentence(said);
    if (readout.textContent === whole) return;
    const first = readout.textContent === "";
    [number.textContent, rest.textContent] = typeof said === "string" ? ["", said] : [`${said[0]} `, said[1]];
    number.classList.toggle("long", number.textContent.length > 10); // two numbers
    clearTimeout(quiet);
    if (!first && !model.driven) quiet = setTimeout(() => { status.textContent = whole; }, 700);
  }

  /** Keep room for the longest of some sentences, so that nothing below them moves. */
  function reserve(all) {
    const rests = all.map((said) => (typeof said === "string" ? said : said[1]));
    box.dataset.longest = rests.reduce((one, other) => (other.length > one.length ? other : one));
    if (all.some((said) => typeof said !== "string")) box.dataset.number = "";
  }

  /** Call `update` now and whenever a trait that the reader sets changes; of each, the values that it can have. */
  function follow(settings, update) {
    const names = Object.keys(settings);
    if (model.settings) Object.assign(model.settings, settings); // the page makes a link of them
    for (const trait of names) model.on(`change:${trait}`, update);
    signal.addEventListener("abort", () => {
      for (const trait of names) model.off(`change:${trait}`, update);
    });
    update();
  }

  /** Where a trait stands among its samples: between two of them only while a lesson drives it. */
  const place = (values, trait) => (model.driven ? locate : nearest)(values, model.get(trait));

  /** Set traits of the model, here and in Python. */
  function change(values) {
    for (const [trait, value] of Object.entries(values)) model.set(trait, value);
    if (!model.driven) model.save_changes(); // Python would move them onto samples
  }

  function end() {
    clearTimeout(quiet);
    stop.abort();
    root.remove();
  }

  // For plots, in CSS pixels: where the page is zoomed by its style, as a film is, a rectangle's are others.
  const width = Math.floor(parseFloat(getComputedStyle(plots).width));
  const room = width >= LEAST ? width : 580;
  return { root, plots, controls, narrow, room, signal, tell, reserve, follow, place, change, end };
}

/** In less, in CSS pixels, no axis has room: the place is hidden, or not laid out yet. */
const LEAST = 120;

/**
 * A figure that is drawn anew when its place gets another width, so that letters stay
 * as large as those of the page. Its state is in the model; the focus is kept.
 */
export const living = (render) => ({
  render({ model, el }) {
    let width = el.clientWidth;
    let end = render({ model, el });
    const controls = () => [...el.querySelectorAll("input, button")];
    const observer = new ResizeObserver(() => {
      if (el.clientWidth === width || el.clientWidth < LEAST) return;
      width = el.clientWidth;
      const focused = controls().indexOf(document.activeElement);
      end();
      end = render({ model, el });
      controls()[focused]?.focus({ preventScroll: true });
    });
    observer.observe(el);
    return () => {
      observer.disconnect();
      end();
    };
  },
});

/**
 * A plot with two axes; `height` in CSS pixels, `share` of the width that there is.
 * Returns its layers and its scales; `svg.units` has these, too, for who draws over it.
 * @param {View} view
 * @param {{
 *   x: number[], y: number[], xlabel?: string, ylabel?: string, height?: number,
 *   share?: number, grid?: boolean, xticks?: number[], yticks?: number[], xtext?(x: number): string,
 * }} axes
 */
export function plot(view, { x: [x0, x1], y: [y0, y1], xlabel, ylabel, height = view.narrow ? 250 : 350, share = 1, grid = true, xticks, yticks, xtext = short }) {
  const width = view.narrow || share === 1 ? view.room : Math.floor((view.room - 16) * share);
  const [left, right, top, bottom] = [ylabel ? 56 : 34, 12, 8, xlabel ? 44 : 24];
  const svg = draw(view.plots, "svg", { viewBox: `0 0 ${width} ${height}`, width, height, "aria-hidden": "true" });
  const x = scale([x0, x1], [left, width - right]);
  const y = scale([y0, y1], [height - bottom, top]);
  Object.assign(svg, { units: { x, y } });
  const axes = draw(svg, "g", { class: "axes" });
  for (const at of xticks ?? ticks(x0, x1, width < 520 ? 5 : 8)) {
    if (grid) draw(axes, "line", { class: "grid", x1: x(at), x2: x(at), y1: y.range[0], y2: y.range[1] });
    draw(axes, "text", { x: x(at), y: height - bottom + 20, "text-anchor": "middle" }, xtext(at)); // clear of a ball on the axis
  }
  for (const at of yticks ?? ticks(y0, y1, 5)) {
    if (grid) draw(axes, "line", { class: "grid", x1: left, x2: width - right, y1: y(at), y2: y(at) });
    draw(axes, "text", { x: left - 10, y: y(at) + 5, "text-anchor": "end" }, short(at));
  }
  draw(axes, "line", { class: "edge", x1: left, x2: width - right, y1: y.range[0], y2: y.range[0] });
  draw(axes, "line", { class: "edge", x1: left, x2: left, y1: y.range[0], y2: y.range[1] });
  if (xlabel) draw(axes, "text", { class: "label", x: (left + width - right) / 2, y: height - 5, "text-anchor": "middle" }, xlabel);
  if (ylabel) {
    const middle = (y.range[0] + top) / 2;
    draw(axes, "text", { class: "label", x: 12, y: middle, "text-anchor": "middle", transform: `rotate(-90 12 ${middle})` }, ylabel);
  }
  const clip = `clip-${Math.random().toString(36).slice(2)}`;
  const rect = draw(draw(svg, "clipPath", { id: clip }), "rect", { x: left, y: 0, width: width - left - right, height: height - bottom + 1 });
  const inside = draw(svg, "g", { "clip-path": `url(#${clip})` });
  return { svg, axes, inside, above: draw(svg, "g"), x, y, rect };
}

/** A tick's label, short: 20k for 20000. */
export function short(value) {
  if (Math.abs(value) >= 10000) return `${say(value / 1000, 0)}k`;
  return say(value, 6).replace(/\.?0+$/, "");
}

/**
 * A lying bar in a plot, moved by (from, to); where it leaves the plot it ends in an
 * arrow head. `top` and `height` in CSS pixels.
 */
export function bar({ above, x }, name, { top, height }) {
  const node = draw(above, "path", { class: `bar ${name}` });
  return (from, to) => {
    const [left, end, edge] = [x(from), x(to), x.range[1]];
    const right = end > edge ? `H${edge}l9 ${height / 2}l-9 ${height / 2}` : `H${end.toFixed(2)}v${height}`;
    set(node, { d: left < edge && to > from ? `M${left.toFixed(2)} ${top}${right}H${left.toFixed(2)}Z` : "" });
  };
}

/**
 * Names the curves of a plot; each is drawn as in the plot, so not told by colour alone.
 * @param {View} view
 * @param {{ name: string, look: string }[]} curves  Of each its name and its classes.
 */
export function legend(view, curves) {
  const list = add(view.plots, "p", { class: "legend" });
  for (const { name, look } of curves) {
    const entry = add(list, "span");
    swatch(entry, `curve ${look}`);
    entry.append(name);
  }
}

/** A piece of a curve, as it is drawn in the plot. */
export function swatch(parent, look) {
  const svg = draw(parent, "svg", { viewBox: "0 0 30 10", width: 30, height: 10, "aria-hidden": "true" });
  draw(svg, "path", { class: look, d: "M0 5H30" });
}

/**
 * A labelled slider over sampled positions. `value` is a position's index; `text(i)`
 * says the position in words; `input(i)` is called when the reader moves it.
 */
export function slider(view, { label, count, text, input }) {
  const row = add(view.controls, "label", { class: "slider" });
  add(row, "span", { class: "name" }, label);
  const range = add(row, "input", { type: "range", min: 0, max: count - 1, step: 1 });
  const value = add(row, "span", { class: "value", "aria-hidden": "true" });
  range.addEventListener("input", () => input(Number(range.value)), { signal: view.signal });
  return (i) => {
    range.value = i;
    range.setAttribute("aria-valuetext", text(i));
    value.textContent = text(i);
  };
}

/** A set of choices of which one is on. `input(i)` is called when the reader picks. */
export function choice(view, { label, options, input }) {
  const set = add(view.controls, "fieldset", { class: "choice" });
  add(set, "legend", {}, label);
  const name = `choice-${Math.random().toString(36).slice(2)}`;
  const radios = options.map((option, i) => {
    const row = add(set, "label");
    const radio = add(row, "input", { type: "radio", name, value: i });
    add(row, "span", {}, option);
    radio.addEventListener("change", () => input(i), { signal: view.signal });
    return radio;
  });
  return (i) => { radios[i].checked = true; };
}

/** A button among the controls. */
export function button(view, label, press) {
  const node = add(view.controls, "button", { type: "button" }, label);
  node.addEventListener("click", press, { signal: view.signal });
  return node;
}

/**
 * Drag on a plot by pointer or touch: `move(x, y, target)` gets places in the plot's own
 * units. A pointer's way to what the controls do by keyboard. A finger that begins on a
 * grip moves it; with `axis` "x" one that goes level moves the point, too. Any other swipe
 * scrolls the page and changes nothing; a tap counts where it is.
 */
export function drag(view, { svg, x, y }, move, { axis = "x" } = {}) {
  svg.classList.add("draggable");
  svg.style.touchAction = axis === "x" ? "pan-y" : "auto";
  let target = null;
  /** @type {PointerEvent | null} */
  let down = null; // where a finger came down that may not move anything yet
  const act = (event) => {
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
    const inside = (s, place) => s.invert(Math.min(Math.max(place, Math.min(...s.range)), Math.max(...s.range)));
    move(inside(x, at.x), inside(y, at.y), target);
  };
  const on = (type, handler) => svg.addEventListener(type, handler, { signal: view.signal, passive: false });
  const gripped = (node) => getComputedStyle(node).touchAction === "none";
  // For what lies inside a drawing, browsers look at touch-action only roughly, and a finger
  // that moves a grip would scroll the page at times. Here the grip itself is asked.
  on("touchstart", (event) => { if (gripped(event.target)) event.preventDefault(); });
  on("pointerdown", (event) => {
    if (event.button) return;
    svg.setPointerCapture(event.pointerId);
    target = event.target;
    down = event.pointerType === "mouse" || gripped(target) ? null : event;
    if (!down) act(event);
  });
  on("pointermove", (event) => {
    if (!svg.hasPointerCapture(event.pointerId)) return;
    const [level, plumb] = down ? [Math.abs(event.clientX - down.clientX), Math.abs(event.clientY - down.clientY)] : [0, 0];
    if (axis === "x" && level > plumb + 4) down = null;
    if (!down) act(event);
  });
  on("pointerup", (event) => {
    if (down && Math.hypot(event.clientX - down.clientX, event.clientY - down.clientY) < 10) act(event);
    down = null;
  });
}

/** Whether the reader asked for less motion. */
export const still = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
