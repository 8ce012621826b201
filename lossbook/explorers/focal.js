// The page half of focal.py: what gamma takes from easy examples, and what it makes best to say.
import { drag, draw, frame, legend, living, mid, mix, nearest, path, plot, samples, say, set, slider } from "../widgets.js";

/** What the figure says for gamma number `i` and probability number `j`. */
export function reading({ probabilities, costs, best }, i, j) {
  const share = `${say(100 * probabilities[j], 0)}\u00a0%`;
  return [
    say(best[i][j]),
    `is best to say of what happens in ${share} of all cases. An example that was given ${share} costs ${say(costs[i][j], 4)} nats; `
      + `under the cross-entropy, ${say(costs[0][j], 4)}.`,
  ];
}

function render({ model, el }) {
  const view = frame({ model, el, name: "focal", abreast: true });
  const [gammas, probabilities, looks, costs, best] = ["gammas", "probabilities", "looks", "costs", "best"].map((name) => samples(model, name));
  const size = view.narrow ? 220 : 250;
  const cost = plot(view, { x: [0, 1], y: [0, 4], xlabel: "probability of what happened", ylabel: "loss (nats)", height: size, share: 0.5 });
  const answer = plot(view, { x: [0, 1], y: [0, 1], xlabel: "how often it happens", ylabel: "best to say", height: size, share: 0.5 });
  legend(view, ["cross-entropy", "focal loss"].map((name, k) => ({ name, look: looks[k] })));

  const fields = [[cost, costs], [answer, best]].map(([field, table]) => {
    draw(field.inside, "path", { class: `curve ${looks[0]}`, d: path(probabilities, table[0], field.x, field.y) });
    const curve = draw(field.inside, "path", { class: `curve ${looks[1]}` });
    const here = draw(field.inside, "line", { class: "here", y1: field.y.range[0], y2: field.y.range[1] });
    const dots = looks.map((look) => draw(field.above, "circle", { class: `dot ${look}`, r: 5 }));
    const ball = draw(field.above, "circle", { class: "ball", r: 8, cy: field.y.range[0] });
    drag(view, field, (x) => view.change({ probability: probabilities[nearest(probabilities, x)] }));
    return { field, table, curve, here, dots, ball };
  });

  const turn = slider(view, {
    label: "gamma",
    count: gammas.length,
    text: (i) => say(gammas[i]),
    input: (i) => view.change({ gamma: gammas[i] }),
  });
  const move = slider(view, {
    label: "probability",
    count: probabilities.length,
    text: (j) => say(probabilities[j]),
    input: (j) => view.change({ probability: probabilities[j] }),
  });

  view.reserve(gammas.flatMap((_, i) => probabilities.map((_, j) => reading({ probabilities, costs, best }, i, j))));
  view.follow({ gamma: gammas, probability: probabilities }, () => {
    const [down, across] = [view.place(gammas, "gamma"), view.place(probabilities, "probability")];
    const [i, j] = [down, across].map(Math.round);
    turn(i);
    move(j);
    view.tell(reading({ probabilities, costs, best }, i, j));
    for (const { field, table, curve, here, dots, ball } of fields) {
      const ys = probabilities.map((_, n) => mix((m) => table[m][n], down));
      const x = field.x(mid(probabilities, across));
      set(curve, { d: path(probabilities, ys, field.x, field.y) });
      [table[0], ys].forEach((heights, k) => set(dots[k], { cx: x, cy: field.y(mid(heights, across)) }));
      set(here, { x1: x, x2: x });
      set(ball, { cx: x });
    }
  });
  return view.end;
}

export default living(render);
