// The page half of predict.py: the reader's sketch first, then the curve beside it.
import { balls, posts, snap } from "../points.js";
import { add, button, drag, draw, frame, legend, living, nearest, path, plot, samples, say, set, short } from "../widgets.js";

/** All heights that can be said. */
export const heights = ({ low, high, step }) => Array.from({ length: Math.round((high - low) / step) + 1 }, (_, i) => snap({ low, high, step }, low + i * step));

/** The numbers of the places where the reader has set a point. */
export const touched = ({ start }, guesses) => guesses.flatMap((guess, i) => (guess === start ? [] : [i]));

/** Of some places, the one where the sketch is furthest from the truth. */
export function furthest(guesses, truths, among) {
  const gap = (i) => Math.abs(guesses[i] - truths[i]);
  return among.reduce((worst, i) => (gap(i) > gap(worst) ? i : worst));
}

/** Whether the sketch is the curve, at all places. */
export const isRight = ({ question, places, truths }, guesses) =>
  touched(question, guesses).length === places.length && guesses.every((guess, i) => Math.abs(guess - truths[i]) <= question.step / 2);

/** What the figure says. */
export function reading({ question, places, truths }, guesses, revealed) {
  const { prompt, name, unit, at, step, digits, why } = question;
  if (!revealed) return prompt;
  const set = touched(question, guesses);
  if (!set.length) return why;
  const i = furthest(guesses, truths, set);
  if (Math.abs(guesses[i] - truths[i]) <= step / 2) {
    return `Your sketch is right ${set.length === places.length ? "at all five places" : "wherever you set a point"}. ${why}`;
  }
  return [`${say(truths[i], 3)}${unit}`, `is the ${name} at ${at} ${short(places[i])}, where you drew ${say(guesses[i], digits)}. ${why}`];
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
  const { ends, low, high, start, axis, name, look } = question;
  const floor = low - (high - low) / 25; // so that no point hides the axis
  const field = plot(view, { x: ends, y: [floor, high], xlabel: axis, ylabel: "loss", grid: false });
  draw(field.inside, "line", { class: "edge", x1: field.x(ends[0]), x2: field.x(ends[1]), y1: field.y(0), y2: field.y(0) });
  legend(view, [{ name, look }, { name: "your sketch", look: "dotted" }]);
  const entry = add(view.plots.querySelector(".legend"), "span");
  const square = draw(entry, "svg", { viewBox: "0 0 10 10", width: 10, height: 10, "aria-hidden": "true" });
  draw(square, "path", { class: "given", d: "M0 0H10V10H0Z" });
  entry.append("given");

  const guess = (i, height) => {
    if (model.get("revealed")) return;
    const guesses = [...model.get("guesses")];
    guesses[i] = snap(question, height);
    view.change({ guesses });
  };
  drag(view, field, (x, y, { dataset }) => guess(dataset.place ? Number(dataset.place) : nearest(places, x), y), { axis: "y" });

  posts(field, places);
  const line = draw(field.inside, "path", { class: `curve ${look}` });
  const sketch = draw(field.inside, "path", { class: "curve dotted" });
  for (const [x, y] of given) {
    draw(field.above, "rect", { class: "given", x: field.x(x) - 5, y: field.y(y) - 5, width: 10, height: 10 });
  }
  const marks = places.map((place, i) => ({
    gap: draw(field.above, "line", { class: "gap", x1: field.x(place), x2: field.x(place) }),
    truth: draw(field.above, "circle", { class: `dot ${look}`, cx: field.x(place), cy: field.y(truths[i]), r: 5 }),
  }));
  const points = balls(field, places);

  const show = fields(view, { question, places }, guess);
  const begun = () => touched(question, model.get("guesses")).length > 0;
  const answer = button(view, "Reveal", () => {
    if (!model.get("revealed") && !begun()) return;
    if (model.get("revealed")) view.change({ revealed: false, guesses: places.map(() => start) });
    else {
      const right = isRight({ question, places, truths }, model.get("guesses"));
      view.change({ revealed: true });
      el.dispatchEvent(new CustomEvent("predicted", { bubbles: true, detail: { id: question.asks, right } })); // a page may note it
    }
  });

  const wide = reading({ question, places, truths }, places.map(() => low), true); // as long as any
  view.reserve([question.prompt, wide]);
  view.follow({ guesses: places.map(() => heights(question)), revealed: [false, true] }, () => {
    // A lesson may draw between the heights that can be said, and the answer part by part.
    const guesses = model.get("guesses").map((height) => snap(question, height));
    const drawn = model.driven ? model.get("guesses") : guesses;
    const part = view.place([0, 1], "revealed");
    const revealed = part >= 0.5;
    show(guesses, revealed);
    answer.textContent = revealed ? "Try again" : "Reveal";
    answer.setAttribute("aria-disabled", !revealed && !begun()); // not disabled: it would lose the focus
    view.plots.classList.toggle("revealed", revealed);
    line.setAttribute("d", part ? path(xs, curve, field.x, field.y) : "");
    line.style.clipPath = `inset(-9px ${100 - 100 * part}% -9px -9px)`;
    line.classList.toggle("by-itself", revealed && !model.driven);
    const own = touched(question, guesses);
    const known = [...own.map((i) => [places[i], drawn[i]]), ...given].sort(([a], [b]) => a - b);
    sketch.setAttribute("d", begun() ? path(known.map(([x]) => x), known.map(([, y]) => y), field.x, field.y) : "");
    const worst = own.length ? furthest(guesses, truths, own) : -1;
    marks.forEach(({ gap, truth }, i) => {
      const isOwn = own.includes(i);
      const { ball, move } = points[i];
      move(drawn[i]);
      set(gap, { y1: field.y(drawn[i]), y2: field.y(truths[i]) });
      gap.classList.toggle("worst", i === worst);
      ball.classList.toggle("unset", !isOwn);
      ball.style.display = revealed && !isOwn ? "none" : "";
      gap.style.display = revealed && isOwn ? "" : "none";
      truth.style.display = revealed ? "" : "none";
    });
    view.tell(reading({ question, places, truths }, guesses, revealed));
  });
  return view.end;
}

export default living(render);
