// The page half of outlier.py: houses, the lines of three losses, and each one's share.
import { add, choice, drag, draw, frame, living, mid, mix, nearest, plot, samples, say, set, slider, swatch } from "../widgets.js";

const FULL = 34; // the radius, in pixels, of the mark of a house that takes the whole loss

/** What the figure says for the position `i`, with shares under the loss number `k`. */
export function reading({ positions, fits }, i, k) {
  const [mse, absolute, huber] = fits.map(({ slopes }) => say(slopes[i], 0));
  return [
    `${say(fits[k].taken[i], 0)}\u00a0%`,
    `of the ${fits[k].title} comes from this one house, at ${say(positions[i], 0)} thousand dollars. `
      + `The MSE line rises by ${mse} dollars per square foot, the absolute-error line by ${absolute}, the Huber line by ${huber}.`,
  ];
}

/** The radius of a mark whose area is this share (in thousandths) of the full one. */
export const radius = (share) => FULL * Math.sqrt(share / 1000);

/** The height of a line at an area, in 1,000 dollars; its slope is in dollars. */
export const height = ({ slopes, intercepts }, place, area) => mid(intercepts, place) + (mid(slopes, place) / 1000) * area;

function render({ model, el }) {
  const view = frame({ model, el, name: "outlier" });
  const [positions, houses, fits] = ["positions", "houses", "fits"].map((name) => samples(model, name));
  const { areas, prices, moved } = houses;
  const ends = [800, 2600];
  const field = plot(view, { x: ends, y: [-positions.at(-1) / 14, positions.at(-1) * 1.1], xlabel: "living area (square feet)", ylabel: "price (1,000 dollars)", height: view.narrow ? 250 : 440 });
  const at = field.x(areas[moved]);

  // Under the lines, and not cut off at the edge: their size is what counts.
  const marks = areas.map((area, j) => {
    const place = { cx: field.x(area), cy: field.y(prices[j]) };
    const error = draw(field.axes, "line", { class: "error", x1: place.cx, x2: place.cx, y1: place.cy });
    const share = draw(field.axes, "circle", { class: "share", ...place });
    const house = draw(field.above, "circle", { class: j === moved ? "real" : "house", r: j === moved ? 4 : 2.5, ...place });
    return { error, share, house };
  });
  const lines = fits.map(({ look }) => draw(field.inside, "path", { class: `curve ${look}` }));
  const real = field.y(prices[moved]);
  // On a phone it keeps off the largest of the other marks.
  const [said, anchor] = view.narrow ? ["sold:", "end"] : ["sold for", "middle"];
  const sold = draw(field.above, "text", { class: "sold", x: at, "text-anchor": anchor }, `${said} ${say(prices[moved], 0)}`);
  // A mouse may press anywhere above or below the house, a finger on the ball only.
  draw(field.above, "rect", { class: "column", x: at - 26, width: 52, y: 0, height: field.y.range[0] });
  const handle = draw(field.above, "g");
  draw(handle, "path", { class: "ways", d: "M-5 -15L0 -20L5 -15M-5 15L0 20L5 15" });
  draw(handle, "circle", { class: "ball", r: 9 });
  draw(handle, "circle", { class: "grip", "data-grip": "price", r: 24 });

  const move = slider(view, {
    label: "its price",
    count: positions.length,
    text: (i) => `${say(positions[i], 0)} thousand`,
    input: (i) => view.change({ price: positions[i] }),
  });
  const pick = choice(view, {
    label: "Its share of the",
    options: fits.map(({ name }) => name),
    input: (k) => view.change({ loss: fits[k].key }),
  });
  const bars = [...view.controls.querySelectorAll(".choice label")].map((row, k) => {
    swatch(row, `curve ${fits[k].look}`);
    const bar = add(add(row, "span", { class: "track", "aria-hidden": "true" }), "span", { class: fits[k].look });
    return { bar, value: add(row, "span", { class: "value", "aria-hidden": "true" }) };
  });
  drag(view, field, (_, price, target) => {
    if (target.closest(".column, .grip")) view.change({ price: positions[nearest(positions, price)] });
  }, { axis: "y" });

  view.reserve(fits.flatMap((_, k) => positions.map((_, i) => reading({ positions, fits }, i, k))));
  view.follow({ price: positions, loss: fits.map(({ key }) => key) }, () => {
    const here = view.place(positions, "price");
    const i = Math.round(here);
    const top = field.y(mid(positions, here));
    const k = fits.findIndex(({ key }) => key === model.get("loss"));
    move(i);
    pick(k);
    view.tell(reading({ positions, fits }, i, k));
    marks.forEach(({ error, share }, j) => {
      const cy = j === moved ? top : field.y(prices[j]);
      set(error, { y1: cy, y2: field.y(height(fits[k], here, areas[j])) });
      set(share, { class: `share ${fits[k].look}`, r: radius(mix((n) => fits[k].shares[n][j], here)), cy });
    });
    fits.forEach((fit, n) => {
      const [left, right] = ends.map((area) => `${field.x(area)} ${field.y(height(fit, here, area)).toFixed(1)}`);
      set(lines[n], { class: `curve ${fit.look}${n === k ? " chosen" : ""}`, d: `M${left}L${right}` });
      bars[n].bar.style.width = `${mid(fit.taken, here)}%`;
      bars[n].value.textContent = `${say(fit.taken[i], 0)} %`;
    });
    // The lines are pulled to the ball's side.
    const isBelow = top < real;
    set(sold, {
      x: view.narrow ? (isBelow ? field.x.range[1] : at + 22) : at,
      y: isBelow ? Math.max(real + 21, top + 37) : Math.min(real - 12, top - 27),
    });
    set(handle, { transform: `translate(${at} ${top.toFixed(1)})` });
  });
  return view.end;
}

export default living(render);
