// The page half of region.py: a marked region, a predicted one, and what three losses make of them.
import { drag, draw, frame, legend, living, mid, mix, nearest, path, plot, samples, say, set, slider } from "../widgets.js";

const TICKS = [0, 2, 8, 32, 128, 384];

/** What the figure says for marked number `i` and predicted number `j`. */
export function reading({ markeds, predicteds, curves }, i, j) {
  const [marked, predicted] = [markeds[i], predicteds[j]];
  const [entropy, dice, tversky] = curves.map(({ rows }) => say(rows[i][j], 3));
  const found = Math.min(marked, predicted);
  return [
    dice,
    `is the Dice loss, ${tversky} the Tversky loss, ${entropy} the mean cross-entropy. `
      + `${found} of ${marked} marked pixels are found, and ${predicted - found} too many are predicted.`,
  ];
}

/** The squares of some pixels of a picture with `side` pixels in a row, as one path. */
export const squares = (pixels, side, pitch) =>
  pixels.map((pixel) => `M${(pixel % side) * pitch} ${Math.floor(pixel / side) * pitch}h${pitch}v${pitch}h-${pitch}z`).join("");

/** The border around some pixels, which lie at no edge of the picture, as one path. */
export function border(pixels, side, pitch) {
  const is = new Set(pixels);
  return pixels.map((pixel) => {
    const [x, y] = [(pixel % side) * pitch, Math.floor(pixel / side) * pitch];
    const line = (beside, x0, y0, way) => (is.has(pixel + beside) ? "" : `M${x0} ${y0}${way}${pitch}`);
    return line(-side, x, y, "h") + line(side, x, y + pitch, "h") + line(-1, x, y, "v") + line(1, x + pitch, y, "v");
  }).join("");
}

function render({ model, el }) {
  const view = frame({ model, el, name: "region", abreast: true });
  const [markeds, predicteds, order, curves] = ["markeds", "predicteds", "order", "curves"].map((name) => samples(model, name));
  const side = Math.sqrt(order.length);
  const pitch = view.narrow ? 6 : 9;
  const size = side * pitch;
  const picture = draw(view.plots, "svg", { viewBox: `0 0 ${size} ${size}`, width: size, height: size, class: "picture", "aria-hidden": "true" });
  draw(picture, "rect", { class: "paper", width: size, height: size });
  const filled = draw(picture, "path", { class: "predicted" });
  const outline = draw(picture, "path", { class: "marked" });

  const places = predicteds.map((_, j) => j);
  const field = plot(view, {
    x: [0, places.at(-1)], y: [0, 1.05],
    xticks: TICKS.map((count) => predicteds.indexOf(count)), xtext: (j) => say(predicteds[j], 0), yticks: [0, 0.25, 0.5, 0.75, 1],
    xlabel: "predicted pixels", ylabel: "loss",
    height: view.narrow ? 230 : size, share: (view.room - 16 - size) / (view.room - 16),
  });
  legend(view, curves.map(({ title, look }) => ({ name: title, look })));

  const lines = curves.map(({ look }) => draw(field.inside, "path", { class: `curve ${look}` }));
  const here = draw(field.inside, "line", { class: "here", y1: field.y.range[0], y2: field.y.range[1] });
  const dots = curves.map(({ look }) => draw(field.above, "circle", { class: `dot ${look}`, r: 5 }));
  const ball = draw(field.above, "circle", { class: "ball", r: 8, cy: field.y.range[0] });

  const pixels = (count) => `${count} pixels`;
  const mark = slider(view, {
    label: "marked",
    count: markeds.length,
    text: (i) => pixels(markeds[i]),
    input: (i) => view.change({ marked: markeds[i] }),
  });
  const predict = slider(view, {
    label: "predicted",
    count: predicteds.length,
    text: (j) => (predicteds[j] === 1 ? "1 pixel" : pixels(predicteds[j])),
    input: (j) => view.change({ predicted: predicteds[j] }),
  });
  drag(view, field, (x) => view.change({ predicted: predicteds[nearest(places, x)] }));

  view.reserve(markeds.flatMap((_, i) => predicteds.map((_, j) => reading({ markeds, predicteds, curves }, i, j))));
  view.follow({ marked: markeds, predicted: predicteds }, () => {
    const [down, across] = [view.place(markeds, "marked"), view.place(predicteds, "predicted")];
    const [i, j] = [down, across].map(Math.round);
    mark(i);
    predict(j);
    view.tell(reading({ markeds, predicteds, curves }, i, j));
    const first = (values, place) => order.slice(0, Math.round(mid(values, place)));
    set(outline, { d: border(first(markeds, down), side, pitch) });
    set(filled, { d: squares(first(predicteds, across), side, pitch) });
    const x = field.x(across);
    curves.forEach(({ rows }, k) => {
      const ys = places.map((_, n) => mix((m) => rows[m][n], down));
      set(lines[k], { d: path(places, ys, field.x, field.y) });
      set(dots[k], { cx: x, cy: field.y(mid(ys, across)) });
    });
    set(here, { x1: x, x2: x });
    set(ball, { cx: x });
  });
  return view.end;
}

export default living(render);
