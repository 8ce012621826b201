// The page half of curve.py: a point on the curve of a loss, and the slope there.
import { drag, draw, frame, legend, nearest, path, plot, samples, say, set, slider } from "../widgets.js";

/** The ends of the tangent: `reach` to either side of the point, on its slope. */
export function tangent(x, height, slope, reach) {
  return [x - reach, height - slope * reach, x + reach, height + slope * reach];
}

/** What the figure says for the sample `i`. */
export function reading({ axis, xs, curves }, i) {
  const parts = curves.map(({ title, heights, slopes }) => `${title} ${say(heights[i], 3)}, slope ${say(slopes[i], 3)}`);
  return `At ${axis} ${say(xs[i])}: ${parts.join("; ")}.`;
}

function render({ model, el }) {
  const view = frame({ model, el, name: "curve" });
  const [axis, xs, curves] = [model.get("axis"), samples(model, "xs"), samples(model, "curves")];
  const unit = model.get("unit");
  const tallest = Math.max(...curves.flatMap(({ heights }) => heights));
  const field = plot(view, { x: [xs[0], xs.at(-1)], y: [0, tallest * 1.05], xlabel: axis, ylabel: unit ? `loss (${unit})` : "loss" });
  if (curves.length > 1) legend(view, curves.map(({ title }) => title));
  const reach = (xs.at(-1) - xs[0]) / 8;

  const marks = curves.map(({ heights }, k) => {
    const order = k ? "second" : "first";
    draw(field.inside, "path", { class: `curve ${order}`, d: path(xs, heights, field.x, field.y) });
    const line = draw(field.inside, "line", { class: "tangent" });
    return { line, dot: draw(field.above, "circle", { class: `dot ${order}`, r: 8 - k }) };
  });

  const move = slider(view, {
    label: axis,
    count: xs.length,
    text: (i) => say(xs[i]),
    input: (i) => view.change({ x: xs[i] }),
  });
  drag(view, field, (x) => view.change({ x: xs[nearest(xs, x)] }));

  view.follow(["x"], () => {
    const i = nearest(xs, model.get("x"));
    move(i);
    view.tell(reading({ axis, xs, curves }, i));
    curves.forEach(({ heights, slopes }, k) => {
      const { line, dot } = marks[k];
      const hidden = heights[i] === null;
      for (const mark of [line, dot]) mark.style.display = hidden ? "none" : "";
      if (hidden) return;
      const [x1, y1, x2, y2] = tangent(xs[i], heights[i], slopes[i], reach);
      set(line, { x1: field.x(x1), y1: field.y(y1), x2: field.x(x2), y2: field.y(y2) });
      set(dot, { cx: field.x(xs[i]), cy: field.y(heights[i]) });
    });
  });
  return view.end;
}

export default { render };
