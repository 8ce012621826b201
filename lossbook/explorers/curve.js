// The page half of curve.py: a point on the curve of a loss, and the slope there.
import { drag, draw, frame, legend, living, mid, nearest, path, plot, samples, say, set, slider } from "../widgets.js";

/** The ends of the slope's line: `reach` to either side of the point. */
export function tangent(x, height, slope, reach) {
  return [x - reach, height - slope * reach, x + reach, height + slope * reach];
}

/** What the figure says for the sample `i`. */
export function reading({ axis, xs, curves }, i) {
  const [heights, slopes] = ["heights", "slopes"].map((part) => curves.map((curve) => say(curve[part][i], 3)));
  const names = curves.map(({ title }) => `the ${title}`).join(" and ");
  const [is, slope] = curves.length > 1 ? ["are", "Their slopes there are"] : ["is", "Its slope there is"];
  return [heights.join(" and "), `${is} ${names} at ${axis} ${say(xs[i])}. ${slope} ${slopes.join(" and ")}.`];
}

function render({ model, el }) {
  const view = frame({ model, el, name: "curve" });
  const [axis, xs, curves] = [model.get("axis"), samples(model, "xs"), samples(model, "curves")];
  const unit = model.get("unit");
  const every = curves.flatMap(({ heights }) => heights);
  const [lowest, tallest] = [Math.min(0, ...every), Math.max(...every)]; // a likelihood can be below 0
  const field = plot(view, { x: [xs[0], xs.at(-1)], y: [lowest * 1.05, tallest * 1.05], xlabel: axis, ylabel: unit && !view.narrow ? `loss (${unit})` : "loss" });
  if (curves.length > 1) legend(view, curves.map(({ title, look }) => ({ name: title, look })));
  const reach = (xs.at(-1) - xs[0]) / 8;

  const marks = curves.map(({ heights, look }, k) => {
    draw(field.inside, "path", { class: `curve ${look}`, d: path(xs, heights, field.x, field.y) });
    const line = draw(field.inside, "line", { class: `slope ${look}` });
    return { line, ball: draw(field.above, "circle", { class: "ball", r: 9 - 2 * k }) };
  });

  const move = slider(view, {
    label: axis,
    count: xs.length,
    text: (i) => say(xs[i]),
    input: (i) => view.change({ x: xs[i] }),
  });
  drag(view, field, (x) => view.change({ x: xs[nearest(xs, x)] }));

  view.reserve(xs.map((_, i) => reading({ axis, xs, curves }, i)));
  view.follow({ x: xs }, () => {
    const at = view.place(xs, "x");
    const i = Math.round(at);
    const x = mid(xs, at);
    move(i);
    view.tell(reading({ axis, xs, curves }, i));
    curves.forEach(({ heights, slopes }, k) => {
      const { line, ball } = marks[k];
      const height = mid(heights, at);
      for (const mark of [line, ball]) mark.style.display = height === null ? "none" : "";
      if (height === null) return;
      const [x1, y1, x2, y2] = tangent(x, height, mid(slopes, at), reach);
      set(line, { x1: field.x(x1), y1: field.y(y1), x2: field.x(x2), y2: field.y(y2) });
      set(ball, { cx: field.x(x), cy: field.y(height) });
    });
  });
  return view.end;
}

export default living(render);
