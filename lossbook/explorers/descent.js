// The page half of descent.py: paths down the surface of a loss, or of two side by side.
import { button, drag, draw, frame, nearest, plot, samples, say, set, slider, still } from "../widgets.js";

const SIZE = 1000; // of the surface, in the units of its lines (_contours.py)
const PACE = 350; // milliseconds from step to step

/** What the figure says for the rate `r` at the shown step `s`. */
export function reading({ digits: [inLoss, inSlope], steps, rates, surfaces }, r, s) {
  const parts = surfaces.map((surface) => {
    const at = (key, digits) => say(surface[key][r][s], digits);
    if (surface.right) {
      return `${surface.name} ${at("loss", inLoss)}, slope ${at("slope", inSlope)}, ${at("right", 0)} % right`;
    }
    const slope = `(${at("slope_b", inSlope)}, ${at("slope_w", inSlope)})`;
    return `at b = ${at("b", 1)}, w = ${at("w", 1)} the ${surface.name} is ${at("loss", inLoss)}, its slope ${slope}`;
  });
  return `Step ${steps[s]}, learning rate ${rates[r][0]}: ${parts.join("; ")}. ${rates[r][1]}`;
}

/** Index of the point of a path that is nearest to a place, as one sees it. */
export function closest(bs, ws, x, y, [atX, atY]) {
  const far = bs.map((b, i) => Math.hypot(x(b) - atX, y(ws[i]) - atY));
  return far.indexOf(Math.min(...far));
}

/**
 * A path of hops, each bowed to its left, so that a step back does not hide the one
 * before it. Points are places on the plot.
 */
export function hops(points) {
  return points.map(([x, y], i) => {
    if (!i) return `M${x.toFixed(1)} ${y.toFixed(1)}`;
    const [x0, y0] = points[i - 1];
    const [bowX, bowY] = [(x + x0) / 2 + (y - y0) / 5, (y + y0) / 2 - (x - x0) / 5];
    return `Q${bowX.toFixed(1)} ${bowY.toFixed(1)} ${x.toFixed(1)} ${y.toFixed(1)}`;
  }).join("");
}

/** The map of one surface: the lower, the deeper its colour; heights stand on the lines. */
function map(view, { bias, weight, surfaces }, surface, first) {
  const two = surfaces.length > 1;
  const bottomless = two && first && view.narrow; // the map below it names the axis
  const field = plot(view, {
    x: bias,
    y: weight,
    xlabel: bottomless ? "" : "bias b",
    ylabel: first || view.narrow ? "weight w" : " ",
    height: two ? (view.narrow ? (bottomless ? 150 : 166) : 236) : 260,
    share: two ? 0.49 : 1,
    grid: false,
  });
  const [[left, right], [bottom, top]] = [field.x.range, field.y.range];
  set(field.rect, { y: top, height: bottom - top });
  const place = `matrix(${(right - left) / SIZE} 0 0 ${(top - bottom) / SIZE} ${left} ${bottom})`;
  for (const { outline } of surface.levels) draw(field.inside, "path", { class: "area", d: outline, transform: place });
  for (const { text, at } of surface.levels) {
    if (!text) continue;
    const [x, y] = [left + (at[0] / SIZE) * (right - left), bottom + (at[1] / SIZE) * (top - bottom)];
    draw(field.inside, "text", { class: "height", x, y: y + 4, "text-anchor": "middle" }, text);
  }
  const [b, w] = surface.lowest;
  draw(field.inside, "path", { class: "lowest", d: `M${field.x(b) - 6} ${field.y(w)}h12m-6 -6v12` });
  if (two) draw(field.svg, "text", { class: "label name", x: right - 8, y: top + 16, "text-anchor": "end" }, surface.name);
  return field;
}

/** Calls `step` again and again until it says that it is done; never on a hidden page. */
function player(view, control, step) {
  let timer;
  const pause = () => {
    clearInterval(timer);
    timer = undefined;
    control.textContent = "Play";
  };
  control.addEventListener("click", () => {
    if (timer) {
      pause();
      return;
    }
    control.textContent = "Pause";
    timer = setInterval(() => { if (!step()) pause(); }, PACE);
  }, { signal: view.signal });
  document.addEventListener("visibilitychange", () => { if (document.hidden) pause(); }, { signal: view.signal });
  view.signal.addEventListener("abort", pause);
  return pause;
}

function render({ model, el }) {
  const view = frame({ model, el, name: "descent" });
  const [digits, steps, rates, bias, weight, surfaces] =
    ["digits", "steps", "rates", "bias", "weight", "surfaces"].map((name) => samples(model, name));
  const figure = { digits, steps, rates, bias, weight, surfaces };
  const last = steps.length - 1;
  const everyStep = steps[last] === last;
  const now = () => [
    nearest(rates.map(([rate]) => rate), model.get("learning_rate")),
    nearest(steps, model.get("step")),
  ];
  const go = (s) => view.change({ step: steps[s] });

  const walks = surfaces.map((surface, k) => {
    const field = map(view, figure, surface, k === 0);
    const line = draw(field.inside, "path", { class: "walk" });
    const stops = draw(field.inside, "path", { class: "stops" });
    const dot = draw(field.above, "circle", { class: "dot second", r: 8 });
    drag(view, field, (x, y) => {
      pause();
      const r = now()[0];
      go(closest(surface.b[r], surface.w[r], field.x, field.y, [field.x(x), field.y(y)]));
    });
    return { surface, field, line, stops, dot };
  });

  const rate = slider(view, {
    label: "learning rate",
    count: rates.length,
    text: (r) => `${rates[r][0]}`,
    input: (r) => view.change({ learning_rate: rates[r][0] }),
  });
  let pause = () => {};
  if (!still()) {
    pause = player(view, button(view, "Play", () => {}), () => {
      const s = now()[1];
      go(s === last ? 0 : s + 1);
      return s + 1 !== last;
    });
  }
  button(view, "Next step", () => { pause(); go(Math.min(now()[1] + 1, last)); });
  const step = slider(view, {
    label: "step",
    count: steps.length,
    text: (s) => `${steps[s]}`,
    input: (s) => { pause(); go(s); },
  });

  view.follow(["learning_rate", "step"], () => {
    const [r, s] = now();
    rate(r);
    step(s);
    view.tell(reading(figure, r, s));
    for (const { surface, field, line, stops, dot } of walks) {
      const points = steps.slice(0, s + 1).map((_, i) => [field.x(surface.b[r][i]), field.y(surface.w[r][i])]);
      line.setAttribute("d", everyStep ? hops(points) : `M${points.join("L")}`);
      stops.setAttribute("d", points.map(([x, y]) => `M${x} ${y}h0`).join(""));
      const within = (place, ends) => Math.min(Math.max(place, Math.min(...ends)), Math.max(...ends));
      const [x, y] = points[s];
      const [cx, cy] = [within(x, field.x.range), within(y, field.y.range)];
      set(dot, { cx, cy });
      dot.classList.toggle("outside", x !== cx || y !== cy);
    }
  });
  return view.end;
}

export default { render };
