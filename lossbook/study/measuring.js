// Measures of a drawing, and the first rule that it breaks: the same as in sketches.py. Draws nothing.

const SLACK = 1e-9; // of a bound: as much as arithmetic may lose

const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
const apart = (heights, curve) => mean(heights.map((height, i) => Math.abs(height - curve[i])));
const largest = (of) => ({ heights }) => Math.max(...heights.map((height, i) => of(height, heights.slice(0, i + 1))));

/** What the measure of each name gives for a part of a drawing. */
export const measures = {
  rise: ({ heights }) => heights[heights.length - 1] - heights[0],
  climb: largest((height, before) => height - Math.min(...before)),
  drop: largest((height, before) => Math.max(...before) - height),
  lowest: ({ heights }) => Math.min(...heights),
  highest: ({ heights }) => Math.max(...heights),
  sag({ places, heights }) {
    const end = places.length - 1;
    const slope = (heights[end] - heights[0]) / (places[end] - places[0]);
    return mean(heights.map((height, i) => heights[0] + slope * (places[i] - places[0]) - height).slice(1, -1));
  },
  miss: ({ heights, curve }) => Math.max(...heights.map((height, i) => Math.abs(height - curve[i]))),
  apart: ({ heights, other }) => apart(heights, other),
  nearer: ({ heights, curve, other }) => apart(heights, other) - apart(heights, curve),
};

/** The number of the first rule that a drawing breaks, or -1 if it is right. */
export function fault({ places, curve, rules }, heights) {
  return rules.findIndex(({ measure, over: [first, last], least = -Infinity, most = Infinity, than = curve }) => {
    const [ats, drawn, right, other] = [places, heights, curve, than].map((column) => column.slice(first, last + 1));
    const value = measures[measure]({ places: ats, heights: drawn, curve: right, other });
    return value < least - SLACK || value > most + SLACK;
  });
}
