// The page half of sketches.py: a point to set at each place, by pointer, touch or keys, and what is wrong with the shape.
import { balls, posts, snap, stroke } from "../points.js";
import { add, drag, draw, path, plot, set, short } from "../widgets.js";
import { fault } from "./measuring.js";

const HOW = "Draw from the first point across the plot, move single points, or use the keys: Tab to the next point, arrows to move it.";

/**
 * Bring a place to draw to life. `check` is called where Enter is pressed on a point.
 * @param {HTMLElement} box
 * @param {() => void} check
 */
export function pad(box, check) {
  const { axis, height, places, low, high, step } = JSON.parse(box.dataset.sketch ?? "");
  const middle = snap({ low, high, step }, (low + high) / 2);
  const room = (high - low) / 25; // so that no point lies on the edge
  const beside = (places[places.length - 1] - places[0]) / 25;
  const nothing = () => places.map(() => /** @type {number | null} */ (null));
  let heights = nothing();
  let locked = false;
  /** @type {{ curve?: Element | null, over?: number[] }} */
  let shown = {}; // the right curve, or where the fault lies

  const stage = add(box, "div", { class: "plots" });
  const said = add(box, "p", { class: "said", "aria-hidden": "true" }, HOW);
  // Native sliders, for keys and screen readers; what is seen of them is the ball.
  const sliders = places.map((place, i) => {
    const range = add(stage, "input", { type: "range", min: low, max: high, step, "aria-label": `${height} at ${axis} ${short(place)}` });
    range.addEventListener("input", () => put([[i, Number(range.value)]]));
    for (const type of ["focus", "blur"]) range.addEventListener(type, show);
    range.addEventListener("keydown", (event) => {
      if (event.key === "Enter") {
        event.preventDefault();
        check();
      } else if (event.key === " " && heights[i] === null) {
        event.preventDefault();
        put([[i, middle]]); // as it stands
      }
    });
    return range;
  });

  let field, points, line;
  let width = 0;
  /** The plot, as wide as there is room for. */
  function lay() {
    stage.querySelector("svg")?.remove();
    const view = { plots: stage, narrow: width < 480, room: width, signal: undefined };
    field = plot(/** @type {any} */ (view), {
      x: [places[0] - beside, places[places.length - 1] + beside], y: [low - room, high + room],
      xlabel: axis, ylabel: height, height: 300, grid: false,
    });
    const { svg, inside, above, x, y } = field;
    if (low < 0) draw(inside, "line", { class: "edge", x1: x.range[0], x2: x.range[1], y1: y(0), y2: y(0) });
    if (shown.over) {
      const [from, to] = shown.over.map((i) => x(places[i]));
      draw(inside, "rect", { class: "fault", x: from - 12, width: to - from + 24, y: y.range[1], height: y.range[0] - y.range[1] });
    }
    posts(field, places);
    if (shown.curve) {
      const [sx, sy] = [x(1) - x(0), y(1) - y(0)];
      const curve = /** @type {Element} */ (inside.appendChild(shown.curve.cloneNode()));
      set(curve, { transform: `matrix(${sx} 0 0 ${sy} ${x(0)} ${y(0)})` });
    }
    line = draw(inside, "path", { class: "curve dotted" });
    points = balls({ above, x, y }, places);
    const begin = () => stroke(places, (x(1) - x(0)) / (y(0) - y(1)));
    let move = begin();
    svg.addEventListener("pointerdown", () => { move = begin(); }); // before `drag` hears of it
    drag(/** @type {any} */ (view), field, (at, to) => put(move(at, to)));
    sliders.forEach((range, i) => { range.style.left = `${Math.round(x(places[i]))}px`; });
    show();
  }

  /** @param {[number, number][]} pairs  Numbers of places, and heights. */
  function put(pairs) {
    if (locked || !pairs.length) return;
    for (const [i, to] of pairs) heights[i] = snap({ low, high, step }, to);
    const [i] = pairs[pairs.length - 1];
    said.textContent = `${height} at ${axis} ${short(places[i])}: ${short(heights[i])}`;
    show();
  }

  function show() {
    heights.forEach((to, i) => {
      sliders[i].value = String(to ?? middle);
      sliders[i].setAttribute("aria-valuetext", to === null ? "not set" : short(to));
      sliders[i].disabled = locked;
      if (!points) return;
      points[i].move(to ?? middle);
      points[i].ball.classList.toggle("unset", to === null);
      points[i].ball.classList.toggle("focused", sliders[i] === document.activeElement);
    });
    line?.setAttribute("d", path(places, heights, field.x, field.y));
    stage.classList.toggle("locked", locked);
  }

  function fit() {
    if (stage.clientWidth === width || stage.clientWidth < 120) return; // hidden, or not laid out yet
    width = stage.clientWidth;
    lay();
  }
  new ResizeObserver(fit).observe(stage);
  fit();
  show();

  return {
    /** Ready to be drawn on; `anew` without what was drawn. */
    open(anew = false) {
      if (anew) heights = nothing();
      [locked, shown] = [false, {}];
      said.textContent = HOW;
      if (width) lay();
      else show();
    },

    /** How the drawing does by the key of the question: a result as question.js has it. */
    judged(answer) {
      const key = JSON.parse(answer.querySelector("[data-key]").dataset.key);
      const missing = heights.indexOf(null);
      if (missing >= 0) return { ask: `Set every point first: the one at ${axis} ${short(places[missing])} is not set.`, at: sliders[missing] };
      const broken = fault(key, heights);
      locked = true;
      shown = broken < 0 ? { curve: answer.querySelector(".right-curve") } : { over: key.rules[broken].over };
      if (width) lay();
      return { right: broken < 0, told: broken < 0 ? [] : [broken], say: "" };
    },
  };
}
