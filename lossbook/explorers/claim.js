// The page half of claim.py: a claimed variance, and what the Gaussian likelihood charges for it.
import { drag, draw, frame, living, mid, mix, nearest, path, plot, samples, say, set, slider } from "../widgets.js";

/** What the figure says for variance number `i` and error number `j`. */
export function reading({ variances, errors, costs, constant }, i, j) {
  const cost = costs[j][i];
  const least = variances[costs[j].indexOf(Math.min(...costs[j]))];
  return [
    `${say(cost, 3)} nats`,
    `for an error of ${say(errors[j], 1)} and a claimed variance of ${say(variances[i])}; without the constant ${say(cost - constant, 3)}. `
      + `For this error, the variance ${say(least)} is the cheapest here.`,
  ];
}

function render({ model, el }) {
  const view = frame({ model, el, name: "claim" });
  const [variances, errors, costs] = ["variances", "errors", "costs"].map((name) => samples(model, name));
  const about = { variances, errors, costs, constant: model.get("constant") };
  const places = variances.map(Math.log2);
  const field = plot(view, {
    x: [places[0], places.at(-1)],
    y: [-1, 8],
    xticks: [0.25, 1, 4, 16, 64].map(Math.log2),
    xtext: (x) => `${2 ** x}`,
    xlabel: "claimed variance",
    ylabel: "loss (nats)",
  });
  const line = draw(field.inside, "path", { class: `curve ${model.get("look")}` });
  const ball = draw(field.above, "circle", { class: "ball", r: 9 });

  const claim = slider(view, {
    label: "variance",
    count: variances.length,
    text: (i) => say(variances[i]),
    input: (i) => view.change({ variance: variances[i] }),
  });
  const miss = slider(view, {
    label: "error",
    count: errors.length,
    text: (j) => say(errors[j], 1),
    input: (j) => view.change({ error: errors[j] }),
  });
  drag(view, field, (x) => view.change({ variance: variances[nearest(places, x)] }));

  view.reserve(errors.flatMap((_, j) => variances.map((_, i) => reading(about, i, j))));
  view.follow({ variance: variances, error: errors }, () => {
    const [across, down] = [view.place(variances, "variance"), view.place(errors, "error")];
    const [i, j] = [across, down].map(Math.round);
    claim(i);
    miss(j);
    view.tell(reading(about, i, j));
    const heights = variances.map((_, n) => mix((m) => costs[m][n], down));
    set(line, { d: path(places, heights, field.x, field.y) });
    const height = mid(heights, across);
    // Far above the plot the ball waits at its edge.
    set(ball, { cx: field.x(mid(places, across)), cy: Math.max(field.y(height), field.y.range[1]) });
  });
  return view.end;
}

export default living(render);
