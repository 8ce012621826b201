// The page half of quantile.py: the price of a miss tilts, and the cheapest answer moves.
import { drag, draw, frame, living, mid, mix, nearest, path, plot, samples, say, set, slider } from "../widgets.js";

const [HIGHEST, TOP] = [55, 36]; // of the costs, and of the dots, at the upper edge

/** Where the dots of the days stand: on top of those of the same bin, which is `width` wide. */
export function stacked(days, width) {
  const heights = new Map();
  return days.map((day) => {
    const bin = Math.floor(day / width);
    const below = heights.get(bin) ?? 0;
    heights.set(bin, below + 1);
    return [bin * width + width / 2, below];
  });
}

/** What the figure says for level number `i`. */
export function reading({ days, levels, answers, means }, i) {
  const enough = days.filter((day) => day <= answers[i]).length;
  return [
    `${answers[i]} bikes`,
    `cost least at level ${say(levels[i])}, where one that is missing costs ${say(levels[i])}, and one that is idle ${say(1 - levels[i])}. `
      + `They were enough on ${enough} of ${days.length} days, ${say((100 * enough) / days.length, 0)}\u00a0%. A day costs ${say(means[i])} on average.`,
  ];
}

function render({ model, el }) {
  const view = frame({ model, el, name: "quantile" });
  const [days, levels, answers, arms, means] = ["days", "levels", "answers", "arms", "means"].map((name) => samples(model, name));
  const last = days.at(-1);
  const field = plot(view, { x: [0, last + 3], y: [0, HIGHEST], xlabel: view.narrow ? "riders at 5 pm" : "riders on one working day at 5 pm", ylabel: "cost of a day", grid: false });
  const ground = field.y.range[0];
  const lift = (ground - field.y.range[1]) / TOP;
  const radius = Math.min(lift * 0.42, 4.5);
  const dots = stacked(days, model.get("width")).map(([x, below]) => (
    draw(field.inside, "circle", { cx: field.x(x), cy: ground - (below + 0.7) * lift, r: radius })
  ));
  const line = draw(field.inside, "path", { class: `curve ${model.get("look")}` });
  const ball = draw(field.above, "circle", { class: "ball", r: 9, cy: ground });

  const tilt = slider(view, {
    label: "level",
    count: levels.length,
    text: (i) => say(levels[i]),
    input: (i) => view.change({ level: levels[i] }),
  });
  drag(view, field, (x) => view.change({ level: levels[nearest(answers, x)] }));

  view.reserve(levels.map((_, i) => reading({ days, levels, answers, means }, i)));
  view.follow({ level: levels }, () => {
    const at = view.place(levels, "level");
    const i = Math.round(at);
    const answer = mid(answers, at);
    const [low, high] = [0, 1].map((end) => mix((k) => arms[k][end], at));
    tilt(i);
    view.tell(reading({ days, levels, answers, means }, i));
    set(line, { d: path([0, answer, last], [low, 0, high], field.x, field.y) });
    set(ball, { cx: field.x(answer) });
    dots.forEach((dot, k) => set(dot, { class: days[k] <= answers[i] ? "day enough" : "day" }));
  });
  return view.end;
}

export default living(render);
