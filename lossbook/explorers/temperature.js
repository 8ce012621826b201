// The page half of temperature.py: a reliability diagram, and the loss over the temperature.
import { drag, draw, frame, legend, living, mid, nearest, path, plot, samples, say, set, slider } from "../widgets.js";

const TICKS = [0.25, 0.5, 1, 2, 4, 8];
const TOP = 2; // nats: the end of the axis
const PARTS = { test: "loss-cross-entropy", validation: "loss-cross-entropy dashed", training: "loss-cross-entropy dotted" };

/** What the figure says for temperature number `i`. */
export function reading({ temperatures, measures }, i) {
  const [cost, brier, error, sure, right] = measures[i].map((thousandths) => thousandths / 1000);
  return [
    `${say(cost, 3)} nats`,
    `is the cross-entropy at temperature ${say(temperatures[i])}, Brier score ${say(brier, 3)}, ECE ${say(error, 3)}. `
      + `The model is right for ${say(100 * right, 1)}\u00a0% of the test images, and ${say(100 * sure, 1)}\u00a0% sure on average.`,
  ];
}

/** How large the dot of a bin is, in CSS pixels: its area goes with what it counts. */
export const radius = (count, most) => Math.sqrt(6 + 75 * (count / most));

/** The reliability diagram; returns what shows one of the tables. */
function diagram(view, tables) {
  const size = view.narrow ? { height: 250 } : { height: 300, share: 0.45 };
  const field = plot(view, { x: [0, 1], y: [0, 1], xticks: [0, 0.5, 1], yticks: [0, 0.5, 1], xlabel: "how sure it is", ylabel: "how often right", ...size });
  draw(field.inside, "path", { class: "diagonal", d: path([0, 1], [0, 1], field.x, field.y) });
  const most = Math.max(...tables.map((table) => table.length));
  const dots = Array.from({ length: most }, () => ({
    gap: draw(field.above, "line", { class: "gap" }),
    dot: draw(field.above, "circle", { class: "dot" }),
  }));
  return (table) => {
    const largest = Math.max(...table.map(([, , count]) => count));
    dots.forEach(({ gap, dot }, k) => {
      const visibility = k < table.length ? "visible" : "hidden";
      const [said, was, count] = table[k] ?? [0, 0, 0];
      set(gap, { visibility, x1: field.x(said), x2: field.x(said), y1: field.y(said), y2: field.y(was) });
      set(dot, { visibility, cx: field.x(said), cy: field.y(was), r: radius(count, largest) });
    });
  };
}

function render({ model, el }) {
  const view = frame({ model, el, name: "temperature", abreast: true });
  const [temperatures, losses, tables, measures] = ["temperatures", "losses", "tables", "measures"].map((name) => samples(model, name));
  const show = diagram(view, tables);
  const places = temperatures.map(Math.log2);
  const size = view.narrow ? { height: 200 } : { height: 300, share: 0.55 };
  const field = plot(view, { x: [places[0], places.at(-1)], y: [0, TOP], xticks: TICKS.map(Math.log2), xtext: (x) => String(2 ** x), yticks: [0, 0.5, 1, 1.5, 2], xlabel: "temperature", ylabel: "cross-entropy", ...size });
  legend(view, Object.entries(PARTS).map(([part, look]) => ({ name: `${part} images`, look })));
  const here = draw(field.inside, "line", { class: "here", y1: field.y(0), y2: field.y(TOP) });
  for (const [part, look] of Object.entries(PARTS)) {
    const lowest = losses[part].indexOf(Math.min(...losses[part]));
    draw(field.inside, "path", { class: `curve ${look}`, d: path(places, losses[part], field.x, field.y) });
    draw(field.above, "circle", { class: "dot loss-cross-entropy", cx: field.x(places[lowest]), cy: field.y(losses[part][lowest]), r: 5 });
  }
  const ball = draw(field.above, "circle", { class: "ball", r: 8 });
  const heat = slider(view, { label: "temperature", count: temperatures.length, text: (i) => say(temperatures[i]), input: (i) => view.change({ temperature: temperatures[i] }) });
  drag(view, field, (x) => view.change({ temperature: temperatures[nearest(places, x)] }));

  view.reserve(temperatures.map((_, i) => reading({ temperatures, measures }, i)));
  view.follow({ temperature: temperatures }, () => {
    const at = view.place(temperatures, "temperature");
    const i = Math.round(at);
    const x = field.x(mid(places, at));
    heat(i);
    view.tell(reading({ temperatures, measures }, i));
    show(tables[i]);
    set(here, { x1: x, x2: x });
    set(ball, { cx: x, cy: field.y(Math.min(mid(losses.test, at), TOP)) });
  });
  return view.end;
}

export default living(render);
