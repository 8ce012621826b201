// The page half of following.py: a forecast of the next character, sharper or blurred.
import { drag, draw, frame, living, mid, mix, nearest, path, plot, samples, say, set, slider } from "../widgets.js";

/** What the figure says for temperature number `i`. */
export function reading({ temperatures, names, said, losses, choices }, i) {
  return [
    `${say(losses[i], 3)} nats`,
    `is the cross-entropy of what came, a perplexity of ${say(choices[i], 2)}. `
      + `At temperature ${say(temperatures[i], 2)} the forecast gives “${names[0]}” a probability of ${say(said[i][0], 2)}.`,
  ];
}

function render({ model, el }) {
  const view = frame({ model, el, name: "following", abreast: true });
  const [temperatures, names, came, said, losses, choices] = ["temperatures", "names", "came", "said", "losses", "choices"].map((name) => samples(model, name));
  const places = temperatures.map(Math.log2);
  const last = names.length - 1;
  const bars = plot(view, { x: [-0.6, last + 0.6], y: [0, 1], ylabel: "probability", xlabel: "next character", xticks: names.map((_, i) => i), xtext: (i) => (i === last ? "other" : names[i]), grid: false, share: 0.52, height: view.narrow ? 210 : 260 });
  const cost = plot(view, {
    x: [places[0], places.at(-1)], y: [0, 2.2 * Math.min(...losses)], ylabel: view.narrow ? "loss" : "loss (nats)", xlabel: "temperature",
    xticks: [-3, -2, -1, 0, 1, 2, 3], xtext: (x) => String(2 ** x).replace(/^0/, ""), share: 0.48, height: view.narrow ? 210 : 260,
  });
  draw(cost.inside, "path", { class: "curve loss-cross-entropy", d: path(places, losses, cost.x, cost.y) });
  const half = Math.max(0, (bars.x(1) - bars.x(0)) * 0.34);
  const columns = names.map((_, i) => draw(bars.inside, "rect", { class: "column", x: bars.x(i) - half, width: 2 * half }));
  came.forEach((share, i) => draw(bars.above, "circle", { class: "came", r: 5, cx: bars.x(i), cy: bars.y(share) }));
  const ball = draw(cost.above, "circle", { class: "ball", r: 9 });

  const move = slider(view, {
    label: "temperature",
    count: temperatures.length,
    text: (i) => say(temperatures[i], 2),
    input: (i) => view.change({ temperature: temperatures[i] }),
  });
  drag(view, cost, (x) => view.change({ temperature: temperatures[nearest(places, x)] }));

  const all = { temperatures, names, said, losses, choices };
  view.reserve(temperatures.map((_, i) => reading(all, i)));
  view.follow({ temperature: temperatures }, () => {
    const at = view.place(temperatures, "temperature");
    const i = Math.round(at);
    move(i);
    view.tell(reading(all, i));
    columns.forEach((column, j) => {
      const top = bars.y(mix((k) => said[k][j], at));
      set(column, { y: top, height: bars.y(0) - top });
    });
    const height = Math.min(mid(losses, at), cost.y.domain[1]);
    set(ball, { cx: cost.x(mid(places, at)), cy: cost.y(height) });
  });
  return view.end;
}

export default living(render);
