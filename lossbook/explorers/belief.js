// The page half of belief.py: what is believed, what is said, and what is then expected.
import { drag, draw, frame, living, mid, mix, nearest, path, plot, samples, say, set, slider } from "../widgets.js";

// By the keys of Python: name, end of the axis, and the classes of its curve.
const RULES = {
  binary_cross_entropy: { name: "log score", end: 2.5, look: "loss-cross-entropy" },
  brier_score: { name: "Brier score", end: 1, look: "loss-brier" },
  mean_absolute_error: { name: "plain difference", end: 1, look: "loss-absolute" },
};

const shown = (thousandths) => say(thousandths === null ? null : thousandths / 1000, 3);
const percent = (value) => `${say(value, 0)}\u00a0%`;

/** What the figure says for belief number `i` and saying number `j`. */
export function reading({ beliefs, sayings, expected, least }, i, j) {
  const keys = Object.keys(RULES);
  const [log, brier, plain] = keys.map((key) => shown(expected[key][i][j]));
  const [[honest, lowest], [, second], [end, third]] = keys.map((key) => least[key][i]);
  return [
    log === "infinite" ? log : `${log} nats`,
    `is the log score that she expects, saying ${percent(sayings[j])} and believing ${percent(beliefs[i])}; `
      + `Brier score ${brier}, plain difference ${plain}. The least she can expect: ${shown(lowest)} and ${shown(second)}, `
      + `saying ${percent(honest)}; ${shown(third)}, ${end === null ? "whatever she says" : `saying ${percent(end)}`}.`,
  ];
}

/** One of the three plots; returns what shows a place among beliefs and among sayings. */
function panel(view, { beliefs, sayings, expected, least }, key) {
  const { name, end, look } = RULES[key];
  const share = (view.room - 32) / 3 / (view.room - 16);
  const size = view.narrow ? { height: 140 } : { height: 250, share };
  const field = plot(view, { x: [0, 100], y: [0, end], xticks: [0, 50, 100], yticks: end > 1 ? [0, 1, 2] : [0, 0.5, 1], xlabel: view.narrow ? "" : "what she says, %", ...size });
  const belief = draw(field.inside, "line", { class: "here", y1: field.y(0), y2: field.y(end) });
  const curve = draw(field.inside, "path", { class: `curve ${look}` });
  draw(field.above, "text", { class: "label name", x: field.x(50), y: 22, "text-anchor": "middle" }, name);
  const lowest = draw(field.above, "circle", { class: `dot ${look}`, r: 5 });
  const ball = draw(field.above, "circle", { class: "ball", r: 8 });
  drag(view, field, (x) => view.change({ said: sayings[nearest(sayings, x)] }));
  return (across, down) => {
    const costs = sayings.map((_, j) => mix((i) => expected[key][i][j], across)).map((cost) => (cost === null ? null : cost / 1000));
    const at = field.x(mid(beliefs, across));
    set(belief, { x1: at, x2: at });
    set(curve, { d: path(sayings, costs, field.x, field.y) });
    const [where, cost] = least[key][Math.round(across)];
    set(lowest, { cx: field.x(where ?? 0), cy: field.y(cost / 1000), visibility: where === null ? "hidden" : "visible" });
    const paid = mid(costs, down); // beside infinity there is no place for the ball
    set(ball, { cx: field.x(mid(sayings, down)), cy: field.y(Math.min(paid ?? end, end)), visibility: paid === null ? "hidden" : "visible" });
  };
}

function render({ model, el }) {
  const view = frame({ model, el, name: "belief", abreast: true });
  const [beliefs, sayings, expected, least] = ["beliefs", "sayings", "expected", "least"].map((name) => samples(model, name));
  const all = { beliefs, sayings, expected, least };
  const show = Object.keys(RULES).map((key) => panel(view, all, key));
  const speak = slider(view, { label: "she says", count: sayings.length, text: (j) => percent(sayings[j]), input: (j) => view.change({ said: sayings[j] }) });
  const think = slider(view, { label: "she believes", count: beliefs.length, text: (i) => percent(beliefs[i]), input: (i) => view.change({ believed: beliefs[i] }) });

  view.reserve(beliefs.flatMap((_, i) => [0, 50].map((j) => reading(all, i, j))));
  view.follow({ believed: beliefs, said: sayings }, () => {
    const [across, down] = [view.place(beliefs, "believed"), view.place(sayings, "said")];
    const [i, j] = [across, down].map(Math.round);
    speak(j);
    think(i);
    view.tell(reading(all, i, j));
    for (const draws of show) draws(across, down);
  });
  return view.end;
}

export default living(render);
