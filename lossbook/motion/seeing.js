// What is seen at a time: nothing but arithmetic, so it runs in a page, in a test and in a
// film. The other half of seeing.py.

const SIZES = new Set(["width", "height"]); // change by factors, so that an area runs smoothly
const ease = (f) => f * f * f * (f * (6 * f - 15) + 10);

/** Some way from one value to another; what is no number changes at once. */
export function mixed(from, to, f, key = "") {
  if (Array.isArray(to)) return Array.isArray(from) ? to.map((each, i) => mixed(from[i], each, f)) : through([from, ...to], f);
  if (typeof to === "object") return Object.fromEntries(Object.keys(to).map((k) => [k, mixed(from[k], to[k], f, k)]));
  if (typeof to !== "number") return f > 0 ? to : from;
  if (f === 1) return to;
  if (SIZES.has(key) && from > 0 && to > 0) return from * (to / from) ** f;
  return from + (to - from) * f;
}

/** Some way along values at equal distances. */
function through(values, f) {
  const place = f * (values.length - 1);
  const i = Math.min(Math.floor(place), values.length - 2);
  return mixed(values[i], values[i + 1], place - i);
}

function value(track, time, jump = false) {
  const { start, end, from, to, rest } = track.findLast((way) => way.start <= time) ?? track[0];
  const f = jump || time >= end ? 1 : (time - start) / (end - start);
  return f === 1 ? rest : mixed(from, to, ease(f));
}

/** Of each thing that changes its ways, in order. A pose says only what it changes. */
export function tracks({ start, moves, stages }) {
  const posed = (name, what) => {
    const [stage, part] = name.split(".");
    return stages[stage]?.parts[part]?.poses[what] ?? what;
  };
  const made = Object.fromEntries(Object.entries(start).map(([name, what]) => {
    const to = posed(name, what);
    return [name, [{ start: -1, end: -1, from: to, to, rest: to }]];
  }));
  for (const [begin, seconds, changes] of moves) {
    for (const [name, what] of Object.entries(changes)) {
      const [from, pose] = [value(made[name], begin), posed(name, what)];
      const to = typeof pose === "object" ? { ...from, ...pose } : pose;
      made[name].push({ start: begin, end: begin + seconds, from, to, rest: mixed(from, to, 1) });
    }
  }
  return made;
}

/** The state at a time; with `jump`, for readers who want less motion, all is where it goes. */
export const stateAt = (made, time, jump = false) =>
  Object.fromEntries(Object.entries(made).map(([name, track]) => [name, value(track, time, jump)]));
