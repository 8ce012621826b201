import assert from "node:assert/strict";
import { test } from "node:test";
import { known, layout, onTheWay, reading } from "../../lossbook/explorers/network.js";

const steps = [
  { says: "In.", values: { x1: "2" } },
  { says: "Forwards.", values: { h1: "3" }, along: ["x1-h1"] },
  { says: "Back.", slopes: { h1: "−4" }, along: ["x1-h1"] },
];

test("the reading is that of the example and the step", () => {
  assert.equal(reading([{ name: "off", steps: [] }, { name: "on", steps }], "on", 2), "Back.");
});

test("what was shown stays, and what comes later is not known", () => {
  assert.deepEqual(known(steps, 1), { values: { x1: "2", h1: "3" }, slopes: {} });
  assert.deepEqual(known(steps, 2), { values: { x1: "2", h1: "3" }, slopes: { h1: "−4" } });
});

test("on the way to a step its numbers are not known yet", () => {
  assert.deepEqual(known(steps, 1.9), known(steps, 1));
});

test("the way goes from left to right, on a narrow screen from top to bottom", () => {
  const path = ["x1", "h1", "out", "loss"];
  const rises = (axis, narrow) => path.map((node) => layout(narrow)[node][axis]).every((at, i, all) => !i || at > all[i - 1]);
  assert.ok(rises(0, false));
  assert.ok(rises(1, true));
});

for (const narrow of [false, true]) {
  test(`no two words on lines overlap, ${narrow ? "narrow" : "wide"}`, () => {
    const places = layout(narrow);
    const at = ["x1-h1", "x2-h1", "x1-h2", "x2-h2", "h1-out", "h2-out"].map((edge) => onTheWay(places, edge, narrow));
    at.forEach(([x0, y0], i) => at.slice(i + 1).forEach(([x1, y1]) => {
      assert.ok(Math.abs(x0 - x1) >= 60 || Math.abs(y0 - y1) >= 32, `${[x0, y0]} and ${[x1, y1]}`);
    }));
  });
}
