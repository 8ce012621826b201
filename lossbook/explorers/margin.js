// The page half of margin.py: a boundary to move between two classes, and who pays.
import { bar, button, choice, drag, draw, frame, living, mid, mix, nearest, plot, samples, say, set, slider } from "../widgets.js";

const LIMIT = 0.5; // what costs more leaves the plot
const REACH = 5.8; // of the first axis, to either side
const ARM = 2; // how far the handle that turns the boundary is from its pivot
const shown = (thousandths) => say(thousandths / 1000, 3);

/** @typedef {number[]} Place  On the first axis and the second. */

/**
 * The boundary of a turn and a shift: where it crosses the first axis, and the ways across and along it.
 * @param {number} turn  In degrees.
 * @param {number} shift
 * @returns {Record<"pivot" | "across" | "along", Place>}
 */
export function boundary(turn, shift) {
  const angle = (turn * Math.PI) / 180;
  const [sin, cos] = [Math.sin(angle), Math.cos(angle)];
  return { pivot: [shift, 0], across: [cos, -sin], along: [sin, cos] };
}

/**
 * How far to the right of a boundary a point is; below zero on its left.
 * @param {Place} point
 * @param {Record<"pivot" | "across", Place>} boundary
 */
export function away([x, y], { pivot, across }) {
  return (x - pivot[0]) * across[0] + (y - pivot[1]) * across[1];
}

/**
 * From a point at its place, go some way in a direction.
 * @param {Place} point
 * @param {Place} direction
 * @param {number} way
 * @returns {Place}
 */
export const go = ([x, y], [dx, dy], way) => [x + dx * way, y + dy * way];

/**
 * Where a point meets the edge of its class if it goes straight there; null if it is beyond.
 * @param {number[]} point  Its place and its label.
 * @param {ReturnType<typeof boundary>} line
 * @param {number} width
 */
export function foot([x, y, label], line, width) {
  const lack = width - label * away([x, y], line);
  return lack > 0 ? go([x, y], line.across, label * lack) : null;
}

/** The two parts of what a line costs, also between sampled lines. */
export function parts({ places, lines }, at) {
  const { turn, shift, length, penalty } = at;
  const loss = (i, j, k) => lines.loss[(i * places.shift.length + j) * places.length.length + k];
  return { loss: mix(loss, turn, shift, length), penalty: mix((i, k) => lines.penalty[i][k], penalty, length) };
}

/** What is sampled of a line; `at` holds places of turn, shift and length, and of the penalty. */
export function state({ places, lines, points }, at) {
  const [shifts, lengths] = [places.shift.length, places.length.length];
  const answers = at.turn * shifts + at.shift;
  const line = answers * lengths + at.length;
  const cost = (index) => lines.loss[index] + lines.penalty[at.penalty][index % lengths];
  const best = lines.best[at.penalty];
  return {
    of: points.length,
    pay: lines.pay[line],
    wrong: lines.wrong[answers],
    ...parts({ places, lines }, at),
    cost: cost(line),
    isBest: cost(line) === cost(best),
    best: {
      turn: places.turn[Math.floor(best / lengths / shifts)],
      shift: places.shift[Math.floor(best / lengths) % shifts],
      length: places.length[best % lengths],
    },
  };
}

/** What the figure says. */
export function reading({ of, pay, wrong, loss, penalty, cost, isBest }) {
  const verb = pay === 1 ? "pays" : "pay";
  const who = pay ? `${pay} of ${of} points ${verb}, ${wrong || "none"} wrong.` : "No point pays.";
  const end = (cost > LIMIT * 1000 ? " The bar leaves the plot." : "") + (isBest ? " No other line here costs less." : "");
  return [shown(cost), `is the hinge loss of ${shown(loss)} plus the penalty of ${shown(penalty)}. ${who}${end}`];
}

/** The place among `values` for which `distance` is least. */
const closest = (values, distance) => nearest(values.map(distance), 0);

function render({ model, el }) {
  const view = frame({ model, el, name: "margin" });
  const [points, places, lines] = ["points", "places", "lines"].map((name) => samples(model, name));
  const names = Object.keys(places);
  const where = () => Object.fromEntries(names.map((name) => [name, view.place(places[name], name)]));

  // As long a unit on both axes, or right angles would not look like it.
  const wide = view.room - 46;
  const high = wide * (view.narrow ? 0.6 : 0.55);
  const up = (REACH * high) / wide;
  const field = plot(view, { x: [-REACH, REACH], y: [-up, up], xlabel: "first feature (on the lines: the score)", height: high + 52 });
  const [bottom, top] = field.y.range;
  set(field.rect, { y: top, height: bottom - top }); // the strip ends with the axes
  const onto = (/** @type {Place} */ [x, y]) => [field.x(x), field.y(y)];
  const between = (from, to) => {
    const [[x1, y1], [x2, y2]] = [onto(from), onto(to)];
    return { x1, y1, x2, y2 };
  };

  const zone = draw(field.inside, "path", { class: "zone" });
  const score = [-1, 0, 1].map((value) => {
    const line = draw(field.inside, "line", { class: value ? "boundary rim" : "boundary" });
    return { value, line, name: draw(field.inside, "text", { class: "score", "text-anchor": "middle" }, say(value, 0)) };
  });
  const r = view.narrow ? 4 : 5;
  const marks = points.map(([x, y, label]) => {
    const [cx, cy] = onto([x, y]);
    const way = draw(field.inside, "line", { class: "way" });
    if (label > 0) draw(field.inside, "circle", { class: "positive", r, cx, cy });
    else draw(field.inside, "rect", { class: "negative", x: cx - r * 0.9, y: cy - r * 0.9, width: r * 1.8, height: r * 1.8 });
    return { way, ring: draw(field.inside, "circle", { class: "ring", r: r + 4, cx, cy }) };
  });
  const ball = draw(field.above, "circle", { class: "ball", r: 9 });
  const grip = (layer, tag, name, attributes) => draw(layer, tag, { class: "grip", "data-grip": name, ...attributes });
  const edges = [1, 2].map(() => grip(field.inside, "line", "length", { "stroke-width": 24 }));
  const middle = grip(field.inside, "line", "shift", { "stroke-width": 18 });
  const turner = grip(field.above, "circle", "turn", { r: 20 });

  const price = plot(view, { x: [0, LIMIT], y: [1, 0], xticks: [0, 0.1, 0.2, 0.3, 0.4, 0.5], yticks: [], height: 74 });
  const caption = draw(price.above, "text", { class: "caption", x: price.x(0) + 5, y: 15 });
  const bars = ["loss-hinge", "part loss-hinge"].map((name) => bar(price, name, { top: 22, height: 20 }));

  drag(view, field, (x, y, { dataset }) => {
    const [turn, shift] = ["turn", "shift"].map((name) => places[name][view.place(places[name], name)]);
    const far = (/** @type {Place} */ [a, b]) => Math.hypot(a - x, b - y);
    const find = {
      turn: () => closest(places.turn, (value) => far(go([shift, 0], boundary(value, shift).along, ARM))),
      shift: () => closest(places.shift, (value) => away([x, y], boundary(turn, value))),
      length: () => closest(places.length, (value) => Math.abs(away([x, y], boundary(turn, shift))) - 1 / value),
    }[dataset.grip];
    if (find) view.change({ [dataset.grip]: places[dataset.grip][find()] });
  });

  const text = { turn: (i) => `${say(places.turn[i], 0)}°`, shift: (i) => say(places.shift[i], 1), length: (i) => say(places.length[i], 1) };
  const label = { turn: "turn", shift: "shift", length: "length of w" };
  const move = Object.keys(label).map((name) => ({ name, to: slider(view, {
    label: label[name],
    count: places[name].length,
    text: text[name],
    input: (i) => view.change({ [name]: places[name][i] }),
  }) }));
  const pick = choice(view, { label: "penalty", options: places.penalty.map((value) => say(value, value % 1 ? 1 : 0)), input: (i) => view.change({ penalty: places.penalty[i] }) });
  button(view, "Best line", () => view.change(state({ places, lines, points }, where()).best));

  // The best lines are not those with the most who pay, so no sentence says both.
  const many = { of: points.length, pay: points.length, wrong: points.length, loss: 9999, penalty: 9999, cost: 19998 };
  view.reserve([reading({ ...many, isBest: false })]);
  view.follow(places, () => {
    const at = where();
    const here = Object.fromEntries(names.map((name) => [name, Math.round(at[name])]));
    const now = state({ places, lines, points }, here);
    const [turn, shift, length] = ["turn", "shift", "length"].map((name) => mid(places[name], at[name]));
    const line = boundary(turn, shift);
    const width = 1 / length;
    const far = 4 * REACH;
    const ends = (way) => [-far, far].map((reach) => go(go(line.pivot, line.across, way), line.along, reach));
    score.forEach(({ value, line: drawn, name }) => {
      const way = value * width; // the score rises to the right
      set(drawn, between(...ends(way)));
      const foot = go(line.pivot, line.across, way);
      const low = go(foot, line.along, (-up + (value ? 0.3 : 0.9) - foot[1]) / line.along[1]);
      // Where the line leaves by a side and not at the bottom, its score stands there.
      const side = Math.min(Math.max(low[0], 0.3 - REACH), REACH - 0.3);
      const [x, y] = side === low[0] || !line.along[0] ? low : go(low, line.along, (side - low[0]) / line.along[0]);
      set(name, { x: field.x(x), y: field.y(y) + 4 });
    });
    const [a, b] = [ends(-width), ends(width).reverse()];
    set(zone, { d: `M${[...a, ...b].map((p) => onto(p).map((v) => v.toFixed(1)).join(" ")).join("L")}Z` });
    points.forEach((point, i) => {
      const to = foot(point, line, width);
      for (const mark of [marks[i].way, marks[i].ring]) mark.style.display = to ? "" : "none";
      if (to) set(marks[i].way, between(point, to));
    });
    edges.forEach((edge, i) => set(edge, between(...ends(i ? width : -width))));
    set(middle, between(...ends(0)));
    const [cx, cy] = onto(go(line.pivot, line.along, ARM));
    for (const node of [ball, turner]) set(node, { cx, cy });

    caption.textContent = `${view.narrow ? "hinge" : "hinge loss"} ${shown(now.loss)} + penalty ${shown(now.penalty)} = ${shown(now.cost)}`;
    const { loss, penalty } = parts({ places, lines }, at);
    bars[0](0, loss / 1000);
    bars[1](loss / 1000, (loss + penalty) / 1000);
    for (const { name, to } of move) to(here[name]);
    pick(here.penalty);
    view.tell(reading(now));
  });
  return view.end;
}

export default living(render);
