// The page half of descent.py: paths down the surface of a loss, or of two side by side.
import { add, button, drag, draw, frame, living, mid, mix, nearest, plot, samples, say, set, slider, still } from "../widgets.js";

const SIZE = 1000; // of the surface, in the units of its lines (_contours.py)
const PACE = 350; // milliseconds from step to step
const HAIR = 1.2; // pixels between a way and the way back

/** What the figure says for the rate `r` at the shown step `s`. */
export function reading({ digits: [inLoss, inSlope], steps, rates, surfaces }, r, s) {
  const at = (key, digits) => surfaces.map((surface) => say(surface[key][r][s], digits));
  const [rate, note] = rates[r];
  const when = `after step ${steps[s]} at learning rate ${rate}`;
  const losses = at("loss", inLoss).join(" and ");
  if (surfaces.length > 1) {
    const names = surfaces.map(({ name }) => `the ${name}`).join(" and ");
    const right = at("right", 0).map((share) => `${share} %`).join(" and ");
    return [losses, `are ${names} ${when}. Their slopes are ${at("slope", inSlope).join(" and ")}; ${right} of the emails are right. ${note}`];
  }
  const [b, w] = [at("b", 1), at("w", 1)];
  const slopes = [at("slope_b", inSlope), at("slope_w", inSlope)].join(" and ");
  return [losses, `is the ${surfaces[0].name} ${when}, where b = ${b} and w = ${w}. The slopes in b and w are ${slopes}. ${note}`];
}

/** Index of the point of a path that is nearest to a place, as one sees it. */
export function closest(bs, ws, x, y, [atX, atY]) {
  const far = bs.map((b, i) => Math.hypot(x(b) - atX, y(ws[i]) - atY));
  return far.indexOf(Math.min(...far));
}

/**
 * A walk, straight from point to point. One that turns back keeps to its left by a hair,
 * so that a step back does not hide the one before it. Points are places on the plot.
 */
export function walk(points) {
  const legs = points.slice(1).map(([x, y], i) => ({ from: points[i], to: [x, y], way: [x - points[i][0], y - points[i][1]] }));
  const turnsBack = legs.some(({ way: [x, y] }, i) => i && x * legs[i - 1].way[0] + y * legs[i - 1].way[1] < 0);
  return legs.map(({ from, to, way: [x, y] }) => {
    const hair = turnsBack ? HAIR / (Math.hypot(x, y) || 1) : 0;
    const [first, last] = [from, to].map(([px, py]) => `${(px + y * hair).toFixed(1)} ${(py - x * hair).toFixed(1)}`);
    return `M${first}L${last}`;
  }).join("");
}

/**
 * The points up to a place among the steps, at a place among the rates: whole hops, then a
 * part of the next. Each is [b, w].
 */
export function hops({ b, w }, rate, step) {
  const at = (s) => [b, w].map((table) => mix((r) => table[r][s], rate));
  const so = Array.from({ length: Math.floor(step) + 1 }, (_, s) => at(s));
  return step % 1 ? [...so, [0, 1].map((k) => mix((s) => at(s)[k], step))] : so;
}

/** The height at which a unit is as long on either axis, so that what is round looks round. */
function round(view, [left, right], [low, high]) {
  return Math.round((view.room - 68) * ((high - low) / (right - left))) + 52;
}

/** The map of one surface: the lower, the deeper its colour; heights stand on the lines. */
function map(view, { bias, weight, surfaces, labels }, surface, first) {
  const two = surfaces.length > 1;
  const bottomless = two && first && view.narrow; // the map below it names the axis
  const field = plot(view, {
    x: bias,
    y: weight,
    xlabel: bottomless ? "" : labels[0],
    ylabel: first || view.narrow ? labels[1] : " ",
    height: two ? (view.narrow ? (bottomless ? 170 : 190) : 300) : round(view, bias, weight),
    share: two ? 0.5 : 1,
    grid: false,
  });
  field.svg.classList.add(surface.look);
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
  if (two) draw(field.svg, "text", { class: "label which", x: right - 8, y: top + 18, "text-anchor": "end" }, surface.name);
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
  const [digits, steps, rates, bias, weight, labels, surfaces] =
    ["digits", "steps", "rates", "bias", "weight", "labels", "surfaces"].map((name) => samples(model, name));
  const figure = { digits, steps, rates, bias, weight, labels, surfaces };
  const view = frame({ model, el, name: "descent", abreast: surfaces.length > 1 });
  add(view.plots, "p", { class: "legend" }, model.get("caption"));
  const last = steps.length - 1;
  const where = () => [view.place(rates.map(([rate]) => rate), "learning_rate"), view.place(steps, "step")];
  const now = () => where().map(Math.round);
  const go = (s) => view.change({ step: steps[s] });

  const walks = surfaces.map((surface, k) => {
    const field = map(view, figure, surface, k === 0);
    const line = draw(field.inside, "path", { class: "walk" });
    const stops = draw(field.inside, "path", { class: "stops" });
    const ball = draw(field.above, "circle", { class: "ball", r: 8 });
    const grip = draw(field.above, "circle", { class: "grip", r: 20 });
    drag(view, field, (x, y) => {
      pause();
      const r = now()[0];
      go(closest(surface.b[r], surface.w[r], field.x, field.y, [field.x(x), field.y(y)]));
    });
    return { surface, field, line, stops, ball, grip };
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

  view.reserve(rates.flatMap((_, r) => steps.map((_, s) => reading(figure, r, s))));
  view.follow({ learning_rate: rates.map(([rate]) => rate), step: steps }, () => {
    if (model.driven) pause();
    const [r, s] = now();
    rate(r);
    step(s);
    view.tell(reading(figure, r, s));
    for (const { surface, field, line, stops, ball, grip } of walks) {
      const points = hops(surface, ...where()).map(([b, w]) => [field.x(b), field.y(w)]);
      line.setAttribute("d", walk(points));
      stops.setAttribute("d", points.slice(0, where()[1] + 1).map(([x, y]) => `M${x} ${y}h0`).join(""));
      const within = (place, ends) => Math.min(Math.max(place, Math.min(...ends)), Math.max(...ends));
      const [x, y] = points[points.length - 1];
      const [cx, cy] = [within(x, field.x.range), within(y, field.y.range)];
      for (const node of [ball, grip]) set(node, { cx, cy });
      ball.classList.toggle("outside", x !== cx || y !== cy);
    }
  });
  return view.end;
}

export default living(render);
