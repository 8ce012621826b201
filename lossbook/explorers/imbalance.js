// The page half of imbalance.py: what a weight and a threshold find, miss and cost.
import { drag, draw, frame, legend, living, mid, mix, nearest, path, plot, samples, say, set, slider } from "../widgets.js";

// Recall, precision and accuracy are no losses: ink, told apart by their dashes.
const MEASURES = { recall: "", precision: "dashed", accuracy: "dotted" };

/** Recall, precision and accuracy in per cent, from counts. */
export function measures(people, found, wrong) {
  const right = found + people.all - people.ill - wrong;
  return [(100 * found) / people.ill, (100 * found) / (found + wrong), (100 * right) / people.all];
}

/** What the figure says for weight number `i` and threshold number `j`. */
export function reading({ people, counts, losses }, i, j) {
  const [found, wrong] = [counts.found[j][i], counts.false[j][i]];
  const [recall, precision, accuracy] = measures(people, found, wrong);
  const alarms = `${wrong} false alarm${wrong === 1 ? "" : "s"}`;
  return [
    `${found} of ${people.ill}`,
    `who are ill are found (recall ${say(recall, 0)}\u00a0%), with ${alarms} (precision ${say(precision, 0)}\u00a0%). `
      + `Accuracy ${say(accuracy, 1)}\u00a0%, cross-entropy ${say(losses.plain[i], 3)}, weighted ${say(losses.weighted[i], 3)}.`,
  ];
}

/** Squares number `from` to `to` (not included), column by column, as one path. */
export function squares(from, to, { rows, pitch, top }) {
  const side = (pitch - 1.2).toFixed(1);
  let d = "";
  for (let n = from; n < to; n += 1) {
    const [x, y] = [Math.floor(n / rows) * pitch, top + (n % rows) * pitch];
    d += `M${x.toFixed(1)} ${y.toFixed(1)}h${side}v${side}h-${side}z`;
  }
  return d;
}

/** Every held-out patient a square: the ill in one row, the healthy in a block below. */
function crowd(view, people) {
  const healthy = people.all - people.ill;
  const width = view.room;
  const rows = view.narrow ? 14 : 8;
  const pitch = width / Math.ceil(healthy / rows);
  const block = { rows, pitch, top: pitch + 28 };
  const height = block.top + rows * pitch;
  const svg = draw(view.plots, "svg", { viewBox: `0 0 ${width} ${height}`, width, height, class: "crowd", "aria-hidden": "true" });
  const row = { rows: 1, pitch, top: 2 };
  const part = Object.fromEntries(["found", "missed", "alarmed", "alone"].map((name) => [name, draw(svg, "path", { class: name })]));
  const words = draw(svg, "text", { x: people.ill * pitch + 8, y: pitch + 2 });
  const below = draw(svg, "text", { x: 0, y: block.top - 6 });
  return (caught, alarmed, found, wrong) => {
    set(part.found, { d: squares(0, caught, row) });
    set(part.missed, { d: squares(caught, people.ill, row) });
    set(part.alarmed, { d: squares(0, alarmed, block) });
    set(part.alone, { d: squares(alarmed, healthy, block) });
    words.textContent = `ill: ${found} found, ${people.ill - found} missed`;
    below.textContent = `healthy: ${wrong} false alarm${wrong === 1 ? "" : "s"}, ${healthy - wrong} left alone`;
  };
}

function render({ model, el }) {
  const view = frame({ model, el, name: "imbalance", abreast: true });
  const [weights, thresholds, people, counts, losses] = ["weights", "thresholds", "people", "counts", "losses"].map((name) => samples(model, name));
  const axis = { x: [0, Math.log10(weights.at(-1))], xticks: [1, 3, 10, 30, 60].map(Math.log10), xtext: (x) => say(10 ** x, 0), xlabel: "weight of the ill" };
  const places = weights.map(Math.log10);
  const rates = plot(view, { ...axis, y: [0, 103], yticks: [0, 25, 50, 75, 100], ylabel: "per cent", share: 0.55, ...(view.narrow ? { height: 150, xlabel: "" } : { height: 240 }) });
  const cost = plot(view, { ...axis, y: [0, 0.28], yticks: [0, 0.1, 0.2], ylabel: "loss", height: view.narrow ? 140 : 240, share: 0.45 });
  const weighted = "loss-cross-entropy dashed";
  legend(view, [
    ...Object.entries(MEASURES).map(([name, look]) => ({ name, look })),
    { name: "cross-entropy", look: "loss-cross-entropy" },
    { name: "weighted, as trained", look: weighted },
    { name: "always 3\u00a0%", look: "baseline" },
  ]);
  const show = crowd(view, people);

  draw(cost.inside, "path", { class: "baseline", d: path([0, places.at(-1)], [losses.baseline, losses.baseline], cost.x, cost.y) });
  const trained = [losses.plain, losses.weighted];
  trained.forEach((ys, k) => draw(cost.inside, "path", { class: `curve ${k ? weighted : "loss-cross-entropy"}`, d: path(places, ys, cost.x, cost.y) }));

  const curves = Object.values(MEASURES).map((look) => draw(rates.inside, "path", { class: `curve ${look}` }));
  const here = [rates, cost].map(({ inside, y }) => draw(inside, "line", { class: "here", y1: y.range[0], y2: y.range[1] }));
  const dots = curves.map(() => draw(rates.above, "circle", { class: "dot", r: 5 }));
  const ends = trained.map(() => draw(cost.above, "circle", { class: "dot loss-cross-entropy", r: 5 }));
  const balls = [rates, cost].map(({ above, y }) => draw(above, "circle", { class: "ball", r: 8, cy: y.range[0] }));

  const weigh = slider(view, {
    label: "weight",
    count: weights.length,
    text: (i) => say(weights[i], 0),
    input: (i) => view.change({ weight: weights[i] }),
  });
  const lift = slider(view, {
    label: "threshold",
    count: thresholds.length,
    text: (j) => say(thresholds[j]),
    input: (j) => view.change({ threshold: thresholds[j] }),
  });
  for (const field of [rates, cost]) drag(view, field, (x) => view.change({ weight: weights[nearest(places, x)] }));

  view.reserve(thresholds.flatMap((_, j) => weights.map((_, i) => reading({ people, counts, losses }, i, j))));
  view.follow({ weight: weights, threshold: thresholds }, () => {
    const [across, down] = [view.place(weights, "weight"), view.place(thresholds, "threshold")];
    const [i, j] = [across, down].map(Math.round);
    const x = mid(places, across);
    weigh(i);
    lift(j);
    view.tell(reading({ people, counts, losses }, i, j));
    const [caught, alarmed] = [counts.found, counts.false].map((table) => Math.round(mix((m, n) => table[m][n], down, across)));
    show(caught, alarmed, counts.found[j][i], counts.false[j][i]);
    curves.forEach((curve, k) => {
      const ys = weights.map((_, n) => mix((m) => measures(people, counts.found[m][n], counts.false[m][n])[k], down));
      set(curve, { d: path(places, ys, rates.x, rates.y) });
      set(dots[k], { cx: rates.x(x), cy: rates.y(mid(ys, across)) });
    });
    trained.forEach((ys, k) => set(ends[k], { cx: cost.x(x), cy: cost.y(mid(ys, across)) }));
    here.forEach((line, n) => {
      const at = [rates, cost][n].x(x);
      set(line, { x1: at, x2: at });
      set(balls[n], { cx: at });
    });
  });
  return view.end;
}

export default living(render);
