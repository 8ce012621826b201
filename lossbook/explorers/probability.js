// The page half of probability.py: bars to drag, and what the label makes them cost.
import { bar, choice, drag, draw, frame, living, mix, nearest, plot, samples, say, set, slider } from "../widgets.js";

const CLASSES = ["cat", "dog", "fish"];
const LIMIT = 6; // nats: more than the logits here can cost
const shown = (thousandths) => say(thousandths / 1000, 3);

/** A sample by the leads of the two other classes over a class, in steps of a logit. */
export function at(table, second, third) {
  const reach = (table.length - 1) / 2;
  return table[second + reach][third + reach - Math.max(0, second)];
}

/** How far the two other classes are above a class, in steps. */
const leads = (places, own) => [1, 2].map((on) => places[(own + on) % 3] - places[own]);

/** What belongs to three places of logits and a label, in thousandths; between samples it is mixed. */
export function state({ states, labels }, places, picture) {
  const of = (table, own) => mix((...whole) => at(table, ...leads(whole, own)), ...places);
  const probs = CLASSES.map((_, own) => of(states.probability, own));
  const label = labels.find(({ name }) => name === picture);
  const own = CLASSES.indexOf(picture);
  const cost = own < 0 ? of(states.blurred, 0) : of(states.surprise, own);
  // The entropy of a certain label is 0: all that it costs is divergence.
  const divergence = own < 0 ? of(states.divergence, 0) : cost;
  return { probs, label, own, cost, entropy: label.entropy, divergence };
}

/**
 * The places that bring a class's probability nearest to `wanted` by moving its logit.
 * Where that would leave the range all three move back together, which changes nothing.
 */
export function dragged(states, places, own, wanted) {
  const last = (states.probability.length - 1) / 2;
  const reached = [];
  for (let to = -last; to <= 2 * last; to++) {
    const back = Math.min(0, last - to) + Math.max(0, -to);
    const moved = places.map((place, i) => (i === own ? to : place) + back);
    if (moved.every((place) => place >= 0 && place <= last)) reached.push(moved);
  }
  return reached[nearest(reached.map((moved) => at(states.probability, ...leads(moved, own))), wanted * 1000)];
}

/** What the figure says. */
export function reading({ probs, label, own, cost, entropy, divergence }) {
  const picture = own < 0
    ? `The picture is blurred; its label is ${label.shares.map((share, i) => `${say(share)} ${CLASSES[i]}`).join(", ")}.`
    : `The picture shows a ${label.name}; the model gives it ${shown(probs[own])}.`;
  return [`${shown(cost)} nats`, `is the cross-entropy: entropy ${shown(entropy)} and divergence ${shown(divergence)}. ${picture}`];
}

/** A plot of three rows; each has a caption, and room for bars below it. */
function rows(view, { end, xlabel }) {
  const height = view.narrow ? (xlabel ? 176 : 150) : 240;
  const field = plot(view, { x: [0, end], y: [3, 0], xticks: end === 1 ? [0, 0.2, 0.4, 0.6, 0.8, 1] : [0, 1, 2, 3, 4, 5, 6], yticks: [], xlabel, height, share: 0.5 });
  const each = field.y(1) - field.y(0);
  return CLASSES.map((_, i) => {
    const top = field.y(i);
    const caption = draw(field.above, "text", { class: "caption", x: field.x(0) + 5, y: top + 11 });
    const place = { top: top + 19, height: each - 25 };
    return { field, caption, place, row: { y: top, height: each }, add: (name) => bar(field, name, place) };
  });
}

function render({ model, el }) {
  const view = frame({ model, el, name: "probability", abreast: true });
  const [logits, labels, states] = ["logits", "labels", "states"].map((name) => samples(model, name));
  const where = () => CLASSES.map((name) => view.place(logits, name));
  const places = () => where().map(Math.round);

  const given = rows(view, { end: 1, xlabel: "probability (dashed: the label)" }).map(({ field, caption, place, row, add }, i) => {
    const filled = add("given");
    const label = draw(field.above, "rect", { class: "label-box", x: field.x(0), y: place.top - 2, height: place.height + 4 });
    const dot = draw(field.above, "circle", { class: "ball", r: 8, cy: place.top + place.height / 2 });
    draw(field.above, "rect", { class: "row", "data-row": i, x: 0, width: field.x(1) + 10, ...row });
    return { field, caption, filled, label, dot };
  });
  drag(view, given[0].field, (x, _, { dataset }) => {
    if (!dataset.row) return;
    const moved = dragged(states, places(), Number(dataset.row), x);
    view.change(Object.fromEntries(CLASSES.map((name, i) => [name, logits[moved[i]]])));
  });

  const paid = rows(view, { end: LIMIT, xlabel: view.narrow ? "" : "nats" });
  const whole = [paid[0].add("part loss-cross-entropy"), paid[0].add("loss-cross-entropy")];
  const parts = [paid[1].add("part loss-cross-entropy"), paid[2].add("loss-cross-entropy")];

  const pick = choice(view, { label: "picture", options: labels.map(({ name }) => name), input: (i) => view.change({ picture: labels[i].name }) });
  const move = CLASSES.map((name) => slider(view, {
    label: `logit of ${name}`,
    count: logits.length,
    text: (i) => say(logits[i]),
    input: (i) => view.change({ [name]: logits[i] }),
  }));

  // Numbers are as long in every state; only the picture makes a sentence longer.
  view.reserve(labels.map(({ name }) => reading(state({ states, labels }, places(), name))));
  view.follow({ cat: logits, dog: logits, fish: logits, picture: labels.map(({ name }) => name) }, () => {
    const now = state({ states, labels }, places(), model.get("picture"));
    const { probs, label, cost, entropy, divergence } = now;
    pick(labels.indexOf(label));
    places().forEach((i, k) => move[k](i));
    const drawn = state({ states, labels }, where(), model.get("picture"));
    given.forEach(({ field, caption, filled, label: box, dot }, i) => {
      const [p, share] = [drawn.probs[i] / 1000, label.shares[i]];
      caption.textContent = `${CLASSES[i]} ${shown(probs[i])} (label ${say(share, share % 1 ? 2 : 0)})`;
      filled(0, p);
      set(dot, { cx: field.x(p) });
      set(box, { width: field.x(share) - field.x(0) });
    });
    [["cross-entropy", cost], ["entropy of the label", entropy], ["divergence", divergence]].forEach(([name, value], i) => {
      paid[i].caption.textContent = `${name} ${shown(value)} nats`;
    });
    for (const [first, second] of [whole, parts]) {
      first(0, entropy / 1000);
      second(entropy / 1000, drawn.cost / 1000);
    }
    view.tell(reading(now));
  });
  return view.end;
}

export default living(render);
