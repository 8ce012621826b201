// The page half of predict.py: the reader's sketch first, then the curve beside it.
import { add, button, drag, draw, frame, legend, nearest, path, plot, samples, say, set, short } from "../widgets.js";

/** The height that can be said nearest to `wanted`. */
export function snap({ low, high, step }, wanted) {
  const steps = Math.round((wanted - low) / step);
  return Number(Math.min(Math.max(low + steps * step, low), high).toFixed(6));
}

/** Where the sketch is furthest from the truth. */
export function furthest(guesses, truths) {
  const gaps = guesses.map((guess, i) => Math.abs(guess - truths[i]));
  return gaps.indexOf(Math.max(...gaps));
}

/** What the figure says. */
export function reading({ question, places, truths }, guesses, revealed) {
  const { prompt, name, unit, at, step, digits, why } = question;
  if (!revealed) return prompt;
  const i = furthest(guesses, truths);
  if (Math.abs(guesses[i] - truths[i]) <= step / 2) return `Your sketch is right at all five places. ${why}`;
  const guess = `You drew ${say(guesses[i], digits)} at ${at} ${short(places[i])}`;
  return `${guess}; the ${name} there is ${say(truths[i], 3)}${unit}. ${why}`;
}

/** A number field for each place; returns what shows the guesses in them. */
function fields(view, { question, places }, input) {
  const { at, low, high, step } = question;
  const group = add(view.controls, "fieldset");
  add(group, "legend", {}, `your loss at ${at} …`);
  const boxes = places.map((place, i) => {
    const label = add(group, "label");
    add(label, "span", {}, short(place));
    const box = add(label, "input", { type: "number", min: low, max: high, step, inputmode: low < 0 ? "text" : "decimal" });
    box.addEventListener("input", () => { if (box.value !== "") input(i, Number(box.value)); }, { signal: view.signal });
    box.addEventListener("change", () => { if (box.value === "") box.value = shown[i]; }, { signal: view.signal });
    return box;
  });
  let shown;
  return (guesses, locked) => {
    shown = guesses;
    boxes.forEach((box, i) => {
      if (box.value === "" || Number(box.value) !== guesses[i]) box.value = guesses[i];
      box.readOnly = locked;
    });
  };
}

function render({ model, el }) {
  const view = frame({ model, el, name: "predict" });
  const [question, places, truths, given, xs, curve] =
    ["question", "places", "truths", "given", "xs", "curve"].map((name) => samples(model, name));
  const { ends, low, high, start, axis, name } = question;
  const floor = low - (high - low) / 25; // so that no point hides the axis
  const field = plot(view, { x: ends, y: [floor, high], xlabel: axis, ylabel: "loss", grid: false });
  draw(field.inside, "line", { class: "edge", x1: field.x(ends[0]), x2: field.x(ends[1]), y1: field.y(0), y2: field.y(0) });
  legend(view, [name, "your sketch"]);
  const entry = add(view.plots.querySelector(".legend"), "span");
  const swatch = draw(entry, "svg", { viewBox: "0 0 10 10", width: 10, height: 10, "aria-hidden": "true" });
  draw(swatch, "path", { class: "given", d: "M0 0H10V10H0Z" });
  entry.append("given");

  const guess = (i, height) => {
    if (model.get("revealed")) return;
    const guesses = [...model.get("guesses")];
    guesses[i] = snap(question, height);
    view.change({ guesses });
  };
  drag(view, field, (x, y) => guess(nearest(places, x), y), { axis: "both" });

  for (const place of places) {
    draw(field.inside, "line", { class: "post", x1: field.x(place), x2: field.x(place), y1: field.y(floor), y2: field.y(high) });
  }
  const line = draw(field.inside, "path", { class: "curve answer", pathLength: 1 });
  const sketch = draw(field.inside, "path", { class: "curve second" });
  for (const [x, y] of given) {
    draw(field.above, "rect", { class: "given", x: field.x(x) - 5, y: field.y(y) - 5, width: 10, height: 10 });
  }
  const marks = places.map((place, i) => ({
    gap: draw(field.above, "line", { class: "gap", x1: field.x(place), x2: field.x(place) }),
    truth: draw(field.above, "circle", { class: "dot", cx: field.x(place), cy: field.y(truths[i]), r: 5 }),
    dot: draw(field.above, "circle", { class: "dot second", cx: field.x(place), r: 9 }),
  }));

  const show = fields(view, { question, places }, guess);
  const begun = () => model.get("guesses").some((height) => height !== start);
  const answer = button(view, "Reveal", () => {
    if (!model.get("revealed") && !begun()) return;
    if (model.get("revealed")) view.change({ revealed: false, guesses: places.map(() => start) });
    else view.change({ revealed: true });
  });

  view.follow(["guesses", "revealed"], () => {
    const [guesses, revealed] = [model.get("guesses"), model.get("revealed")];
    show(guesses, revealed);
    answer.textContent = revealed ? "Try again" : "Reveal";
    answer.setAttribute("aria-disabled", !revealed && !begun()); // not disabled: it would lose the focus
    field.svg.style.touchAction = revealed ? "pan-y" : "none";
    view.root.classList.toggle("revealed", revealed);
    line.setAttribute("d", revealed ? path(xs, curve, field.x, field.y) : "");
    const points = [...places.map((place, i) => [place, guesses[i]]), ...given].sort(([a], [b]) => a - b);
    sketch.setAttribute("d", begun() ? path(points.map(([x]) => x), points.map(([, y]) => y), field.x, field.y) : "");
    const worst = furthest(guesses, truths);
    marks.forEach(({ gap, truth, dot }, i) => {
      set(dot, { cy: field.y(guesses[i]) });
      set(gap, { y1: field.y(guesses[i]), y2: field.y(truths[i]) });
      gap.classList.toggle("worst", i === worst);
      for (const mark of [gap, truth]) mark.style.display = revealed ? "" : "none";
    });
    view.tell(reading({ question, places, truths }, guesses, revealed));
  });
  return view.end;
}

export default { render };
