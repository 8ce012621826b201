// The page half of pulls.py: three embeddings on a circle, two of which are moved.
import { choice, drag, draw, frame, living, mid, mix, nearest, path, plot, samples, say, set, slider } from "../widgets.js";

const ARROW = 0.7; // the length of the strongest pull of a loss
const REACH = 1.45; // of the plane, to either side

/** @typedef {{ positive: number, negative: number, setting: number }} At  Places among the samples. */

/**
 * The place of an angle, in degrees, on the circle; the positive above, the negative below.
 * @param {number} angle
 * @param {number} side
 */
export function onCircle(angle, side) {
  const a = (angle * Math.PI) / 180;
  return [Math.cos(a), side * Math.sin(a)];
}

/**
 * Where an arrow ends that starts there: along the circle, away from the anchor where `way` is above 0.
 * @param {number} angle
 * @param {number} side
 * @param {number} way
 */
export function tip(angle, side, way) {
  const [x, y] = onCircle(angle, side);
  return [x - way * side * y, y + way * side * x];
}

/** How far apart two embeddings at this angle are. */
export function chord(angle) {
  const [x, y] = onCircle(angle, 1);
  return Math.hypot(x - 1, y);
}

/** Which angle a place is nearest to, in degrees from the anchor. */
export const angleOf = (x, y) => (Math.acos(x / (Math.hypot(x, y) || 1)) * 180) / Math.PI;

/**
 * What is sampled of a state, in thousandths, also between samples.
 * @param {number[][][][]} states
 * @param {At} at
 */
export function state(states, at) {
  const [loss, pull, push] = [0, 1, 2].map((part) => mix((s, i, j) => states[s][part][i][j], at.setting, at.positive, at.negative));
  return { loss, pull, push };
}

/** The strongest of all pulls and pushes of a loss, at one setting. */
export const strongest = (states, setting) => Math.max(...states[setting].slice(1).flat(2));

/** What the figure says. */
export function reading({ title, loss, pull, push, near, far }) {
  const the = /^[A-Z]/.test(title) ? "" : "the ";
  const [p, n] = [pull, push].map((force) => say(force / 1000));
  return [say(loss / 1000), `is ${the}${title}. The positive, ${say(near)} away, is pulled by ${p}; the negative, ${say(far)} away, is pushed by ${n}.`];
}

function render({ model, el }) {
  const view = frame({ model, el, name: "pulls", abreast: true });
  const [places, losses] = ["places", "losses"].map((name) => samples(model, name));
  const numbers = Object.keys(places);
  const where = () => /** @type {At} */ (Object.fromEntries(numbers.map((name) => [name, view.place(places[name], name)])));
  const present = () => losses.find(({ key }) => key === model.get("loss"));

  const width = view.narrow ? view.room : Math.floor((view.room - 16) / 2);
  // As long a unit on both axes, or the circle would be none.
  const high = view.narrow ? 236 : width - 14;
  const far = (REACH * (width - 46)) / (high - 32);
  const field = plot(view, { x: [-far, far], y: [-REACH, REACH], xticks: [], yticks: [], share: 0.5, height: high });
  const onto = (/** @type {number[]} */ [x, y]) => ({ x: field.x(x), y: field.y(y) });
  field.axes.remove(); // a circle has none
  draw(field.inside, "circle", { class: "round", cx: field.x(0), cy: field.y(0), r: field.x(1) - field.x(0) });
  const anchor = onto([1, 0]);
  draw(field.inside, "circle", { class: "anchor", cx: anchor.x, cy: anchor.y, r: 8 });
  draw(field.inside, "text", { class: "name", "text-anchor": "end", x: anchor.x - 13, y: anchor.y + 5 }, "anchor");
  const movers = [
    { name: "positive", side: 1, part: "pull", way: -1, ball: draw(field.above, "circle", { class: "ball", r: 9 }) },
    { name: "negative", side: -1, part: "push", way: 1, ball: draw(field.above, "rect", { class: "ball", width: 17, height: 17 }) },
  ].map((mover) => ({
    ...mover,
    link: draw(field.inside, "line", { class: "way" }),
    shaft: draw(field.inside, "line", { class: "arrow" }),
    head: draw(field.inside, "path", { class: "head" }),
    label: draw(field.inside, "text", { class: "name", "text-anchor": "middle" }, mover.name),
    grip: draw(field.above, "circle", { class: "grip", "data-grip": mover.name, r: 20 }),
  }));

  const chart = plot(view, { x: [0, 180], y: [0, 1], xticks: [0, 60, 120, 180], yticks: [], xlabel: "angle of the negative", share: 0.5, height: view.narrow ? 150 : high, xtext: (x) => `${x}°` });
  const curve = draw(chart.inside, "path", { class: "curve" });
  const top = draw(chart.above, "text", { class: "name", x: chart.x(0) + 6, y: 22 });
  const dot = draw(chart.above, "rect", { class: "ball", width: 15, height: 15 });
  const turn = (name, angle) => view.change({ [name]: places[name][nearest(places[name], angle)] });
  drag(view, field, (x, y, { dataset }) => turn(dataset.grip ?? (y > 0 ? "positive" : "negative"), angleOf(x, y)));
  drag(view, chart, (x) => turn("negative", x));

  const pick = choice(view, { label: "loss", options: losses.map(({ title }) => title), input: (i) => view.change({ loss: losses[i].key }) });
  const sliders = ["positive", "negative"].map((name) => slider(view, {
    label: name,
    count: places[name].length,
    text: (i) => `${places[name][i]}°`,
    input: (i) => view.change({ [name]: places[name][i] }),
  }));
  const adjust = choice(view, { label: "margin, or temperature", options: places.setting.map((value) => say(value, 1)), input: (i) => view.change({ setting: places.setting[i] }) });

  view.reserve(losses.map(({ title }) => reading({ title, loss: 10000, pull: 10000, push: 10000, near: 1, far: 1 })));
  view.follow({ loss: losses.map(({ key }) => key), ...places }, () => {
    const [at, loss] = [where(), present()];
    const s = Math.round(at.setting);
    const here = { positive: Math.round(at.positive), negative: Math.round(at.negative), setting: s };
    const now = state(loss.states, at);
    const most = strongest(loss.states, s) || 1;
    for (const { name, side, part, way, ball, link, shaft, head, label, grip } of movers) {
      const angle = mid(places[name], at[name]);
      const spot = onto(onCircle(angle, side));
      const end = onto(tip(angle, side, (way * ARROW * now[part]) / most));
      const [dx, dy] = [end.x - spot.x, end.y - spot.y];
      const long = Math.hypot(dx, dy);
      const [ux, uy] = long > 12 ? [dx / long, dy / long] : [0, 0];
      const hidden = long > 12 ? "" : "none";
      for (const node of [shaft, head]) node.style.display = hidden;
      set(shaft, { x1: spot.x, y1: spot.y, x2: end.x, y2: end.y });
      const wing = (turned) => `${(end.x - 11 * ux + turned * 6 * uy).toFixed(1)} ${(end.y - 11 * uy - turned * 6 * ux).toFixed(1)}`;
      set(head, { d: `M${(end.x + 3 * ux).toFixed(1)} ${(end.y + 3 * uy).toFixed(1)}L${wing(1)}L${wing(-1)}Z` });
      set(link, { x1: anchor.x, y1: anchor.y, x2: spot.x, y2: spot.y });
      set(ball, side > 0 ? { cx: spot.x, cy: spot.y } : { x: spot.x - 8.5, y: spot.y - 8.5 });
      set(grip, { cx: spot.x, cy: spot.y });
      const inside = onto(onCircle(angle, side).map((v) => v * 0.7));
      set(label, { x: inside.x, y: inside.y + 5 });
    }
    const costs = places.negative.map((_, j) => state(loss.states, { ...at, negative: j }).loss);
    const high = Math.max(...costs, 1) * 1.15;
    curve.setAttribute("class", `curve ${loss.look}`);
    set(curve, { d: path(places.negative, costs, chart.x, (value) => chart.y(value / high)) });
    top.textContent = `${loss.title}, at most ${say(Math.max(...costs) / 1000)} here`;
    set(dot, { x: chart.x(mid(places.negative, at.negative)) - 7.5, y: chart.y(now.loss / high) - 7.5 });
    pick(losses.indexOf(loss));
    sliders[0](here.positive);
    sliders[1](here.negative);
    adjust(s);
    const [near, far] = ["positive", "negative"].map((name) => chord(places[name][here[name]]));
    view.tell(reading({ title: loss.title, near, far, ...state(loss.states, here) }));
  });
  return view.end;
}

export default living(render);
