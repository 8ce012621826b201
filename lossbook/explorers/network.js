// The page half of network.py: numbers flow forwards through a network, slopes flow back.
import { button, choice, draw, frame, living, mid, samples, say, set, slider, still } from "../widgets.js";

const NODES = ["x1", "x2", "h1", "h2", "out", "loss"];
const NAMES = { x1: "input 1", x2: "input 2", h1: "unit 1", h2: "unit 2", out: "prediction", loss: "loss" };
const EDGES = ["x1-h1", "x2-h1", "x1-h2", "x2-h2", "h1-out", "h2-out", "out-loss"];
const RADIUS = 25;
const PACE = 700; // milliseconds for a number on its way

/** What the figure says at a step of a walk. */
export const reading = (walks, example, step) => walks.find(({ name }) => name === example).steps[step].says;

/** Values and slopes that are known at a step of a walk. */
export function known(steps, step) {
  const so = steps.slice(0, step + 1);
  const all = (part) => Object.assign({}, ...so.map((each) => each[part]));
  return { values: all("values"), slopes: all("slopes") };
}

/** Where the nodes stand: from left to right, or where there is little room from top to bottom. */
export function layout(upright) {
  const across = { x1: 0, x2: 1, h1: 0, h2: 1, out: 0.5, loss: 0.5 };
  const along = { x1: 0, x2: 0, h1: 1, h2: 1, out: 2, loss: 3 };
  const place = upright
    ? (node) => [96 + 136 * across[node], [52, 196, 330, 430][along[node]]]
    : (node) => [[44, 236, 440, 576][along[node]], 70 + 152 * across[node]];
  return Object.fromEntries(NODES.map((node) => [node, place(node)]));
}

/** A place on the line between two nodes; lines that cross are told near their beginning. */
export function onTheWay(places, edge, upright) {
  const [from, to] = edge.split("-");
  const [[x0, y0], [x1, y1]] = [places[from], places[to]];
  const crosses = from.startsWith("x") && from.at(-1) !== to.at(-1);
  const part = crosses ? (upright ? 0.27 : 0.36) : from.startsWith("h") ? 0.46 : 0.55;
  return [x0 + part * (x1 - x0), y0 + part * (y1 - y0)];
}

/** A ball that runs from node to node, and is gone when it has arrived; or stands at a `part` of the way. */
function send(layer, from, to, part) {
  const ball = draw(layer, "circle", { class: "ball", r: 7 });
  if (part) {
    const [cx, cy] = from.map((_, k) => mid([from[k], to[k]], part));
    set(ball, { cx, cy });
    return;
  }
  const at = ([x, y]) => ({ transform: `translate(${x}px, ${y}px)` });
  ball.animate([at(from), at(to)], { duration: PACE, easing: "ease-in-out" }).onfinish = () => ball.remove();
}

function render({ model, el }) {
  const view = frame({ model, el, name: "network" });
  const [weights, biases, walks] = ["weights", "biases", "walks"].map((name) => samples(model, name));
  const last = walks[0].steps.length - 1;
  const upright = view.plots.clientWidth < 540;
  const places = layout(upright);
  const [width, height] = upright ? [328, 466] : [620, 300];
  const svg = draw(view.plots, "svg", { viewBox: `0 0 ${width} ${height}`, width, height, class: "loss-squared", "aria-hidden": "true" });

  const lines = EDGES.map((edge) => {
    const [[x1, y1], [x2, y2]] = edge.split("-").map((node) => places[node]);
    return draw(svg, "line", { class: "edge", x1, y1, x2, y2 });
  });
  const running = draw(svg, "g");
  const told = EDGES.filter((edge) => edge in weights).map((edge) => {
    const [x, y] = onTheWay(places, edge, upright);
    const by = (dy, name, text = "") => draw(svg, "text", { class: name, x, y: y + dy, "text-anchor": "middle" }, text);
    by(-5, "weight", `× ${say(weights[edge], 0)}`);
    return [edge, by(14, "steep")];
  });
  const circles = NODES.map((node) => {
    const [x, y] = places[node];
    const circle = draw(svg, "circle", { class: "node", r: RADIUS, cx: x, cy: y });
    // Where lines come from above, the words stand beside the circle.
    const [beside, left] = [upright && !node.startsWith("x"), node === "h1"];
    const spot = (row) => beside
      ? { x: x + (left ? -1 : 1) * (RADIUS + 6), y: y - 18 + 16 * row, "text-anchor": left ? "end" : "start" }
      : { x, y: row ? y + RADIUS + 16 * row : y - RADIUS - 8, "text-anchor": "middle" };
    draw(svg, "text", { class: "name", ...spot(0) }, NAMES[node]);
    const value = draw(svg, "text", { class: "value", x, y: y + 6, "text-anchor": "middle" });
    const slope = draw(svg, "text", { class: "steep", ...spot(1) });
    if (!(node in biases)) return { node, circle, value, slope };
    const bias = draw(svg, "text", { class: "weight", ...spot(2) }, `bias ${say(biases[node], 0)}`);
    const own = draw(bias, "tspan", { class: "steep", ...(beside ? { x: spot(3).x, dy: 16 } : { dx: 6 }) });
    return { node, circle, value, slope, own };
  });

  const where = () => view.place(walks[0].steps.map((_, step) => step), "step");
  const now = () => [model.get("example"), Math.round(where())];
  const forward = button(view, "Next step", () => view.change({ step: (now()[1] + 1) % (last + 1) }));
  const move = slider(view, {
    label: "step",
    count: last + 1,
    text: (step) => `${step} of ${last}`,
    input: (step) => view.change({ step }),
  });
  const pick = choice(view, {
    label: "example",
    options: walks.map(({ name }) => name),
    input: (i) => view.change({ example: walks[i].name }),
  });

  view.reserve(walks.flatMap(({ steps }) => steps.map(({ says }) => says)));
  let before = now()[1];
  view.follow({ example: walks.map(({ name }) => name), step: walks[0].steps.map((_, step) => step) }, () => {
    const [example, step] = now();
    const place = where();
    const { steps } = walks.find(({ name }) => name === example);
    // Between two steps the numbers are on their way to the next one.
    const [shown, { along = [], slopes: back }] = [Math.floor(place), Math.ceil(place)].map((s) => steps[s]);
    const { values, slopes } = known(steps, place);
    pick(walks.findIndex(({ name }) => name === example));
    move(step);
    forward.textContent = step === last ? "Start again" : "Next step";
    EDGES.forEach((edge, i) => set(lines[i], { class: `edge ${along.includes(edge) ? (back ? "now back" : "now") : ""}` }));
    for (const { node, circle, value, slope, own } of circles) {
      value.textContent = values[node] ?? "?";
      slope.textContent = node in slopes ? `slope ${slopes[node]}` : "";
      const isNew = node in (shown.values ?? {}) || node in (shown.slopes ?? {});
      circle.classList.toggle("now", isNew);
      if (own) own.textContent = `bias-${node}` in slopes ? `slope ${slopes[`bias-${node}`]}` : "";
    }
    for (const [edge, slope] of told) slope.textContent = edge in slopes ? `slope ${slopes[edge]}` : "";
    running.replaceChildren();
    const isNext = step === before + 1 && !model.driven && !still();
    if (isNext || place % 1) {
      for (const edge of along) {
        const ends = edge.split("-").map((node) => places[node]);
        send(running, ...(back ? ends.reverse() : ends), place % 1);
      }
    }
    before = step;
    view.tell(reading(walks, example, step));
  });
  return view.end;
}

export default living(render);
