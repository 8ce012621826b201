// Points that a reader sets, each above or below its place: in a figure that asks, and in a sketch.
import { draw, nearest, set } from "./widgets.js";

/** The height that can be set nearest to `wanted`. */
export function snap({ low, high, step }, wanted) {
  const steps = Math.round((wanted - low) / step);
  return Number(Math.min(Math.max(low + steps * step, low), high).toFixed(6));
}

/** A thin line at each place, along which its point moves. */
export function posts({ inside, x, y }, places) {
  const [y1, y2] = y.domain;
  for (const place of places) draw(inside, "line", { class: "post", x1: x(place), x2: x(place), y1: y(y1), y2: y(y2) });
}

/** A ball for each place, over all of them a grip for a finger; `move` sets its height. */
export function balls({ above, x, y }, places) {
  const made = places.map((place) => draw(above, "circle", { class: "ball", cx: x(place), r: 9 }));
  return places.map((place, i) => {
    const grip = draw(above, "circle", { class: "grip", "data-place": i, cx: x(place), r: 22 });
    return {
      ball: made[i],
      move(height) { for (const node of [made[i], grip]) set(node, { cy: y(height) }); },
    };
  });
}

/**
 * A stroke of a pen over the places: call what this returns with each point of it. It
 * tells the heights to set, as pairs of a place's number and a height: at a place that
 * the pen has passed, the height at which it did; near one that it has not, its own. A
 * stroke that begins beside all places takes the nearest; one that begins upright moves that
 * point first. `tall` is the height that looks as long as 1 along the axis.
 */
export function stroke(places, tall = 1) {
  const gaps = places.slice(1).map((place, i) => place - places[i]);
  const reach = 0.3 * Math.min(...gaps); // so that a hand that trembles does not pass on
  const passed = new Set();
  let begin, last;
  return (x, y) => {
    const to = [];
    begin ??= { at: nearest(places, x), x, y, height: y };
    if (!passed.has(begin.at)) {
      if (Math.abs(y - begin.y) > 4 * tall * Math.abs(x - begin.x)) begin.height = y;
      if (Math.abs(x - begin.x) > reach) passed.add(begin.at);
      to.push([begin.at, begin.height]);
    }
    places.forEach((place, i) => {
      if (i === begin.at) return;
      if (last && x !== last.x && (place - last.x) * (place - x) <= 0) {
        passed.add(i);
        to.push([i, last.y + ((y - last.y) * (place - last.x)) / (x - last.x)]);
      } else if (!passed.has(i) && Math.abs(place - x) <= reach) to.push([i, y]);
    });
    last = { x, y };
    return to;
  };
}
