// The page half of confidence.py: what was said becomes a curve and two means. The costs of each step stand in the table.
import { add, draw } from "../elements.js";
import { live } from "./static.js";
import { change, follow, progress } from "./store.js";

/** @typedef {import("./store.js").Saying} Saying */
/** @typedef {{ said: number, log: number[], brier: number[] }} Step  What it costs if right, and if wrong. */

/**
 * What was said at each step: how often, and how often it was right.
 * @param {Step[]} steps
 * @param {Saying[]} sayings
 */
export const counted = (steps, sayings) => steps.map(({ said }) => {
  const mine = sayings.filter((saying) => saying.said === said);
  return { said, count: mine.length, right: mine.filter(({ right }) => right).length };
});

/**
 * The mean cost of what was said, and the step that would have cost least had it been said each time.
 * @param {Step[]} steps
 * @param {Saying[]} sayings  At least one.
 * @param {"log" | "brier"} loss
 */
export function meanCost(steps, sayings, loss) {
  const mean = (costs) => costs.reduce((sum, cost) => sum + cost, 0) / costs.length;
  const cost = (step, right) => step[loss][right ? 0 : 1];
  const own = mean(sayings.map(({ said, right }) => cost(steps.find((step) => step.said === said), right)));
  const always = steps.map((step) => ({ said: step.said, cost: mean(sayings.map(({ right }) => cost(step, right))) }));
  return { own, best: always.reduce((least, one) => (one.cost < least.cost ? one : least)) };
}

const [SIZE, LEFT, RIGHT, TOP, BOTTOM] = [240, 44, 24, 28, 40]; // room for the letters

/** Bring the curve to life where it stands. */
export function enhance(root, signal) {
  const [score, actions, drawn, said] = [".score", ".actions", ".drawn", ".said"].map((place) => root.querySelector(place));
  const rows = [...root.querySelectorAll("tbody tr")];
  const numbers = (text) => text.split(" ").map(Number);
  const steps = rows.map(({ dataset }) => ({ said: Number(dataset.said), log: numbers(dataset.log), brier: numbers(dataset.brier) }));
  const [over, below] = root.querySelectorAll("thead tr");
  add(over, "th", { scope: "colgroup", colspan: 2 }, "Answers");
  const names = ["all", "right"];
  for (const name of names) add(below, "th", { scope: "col" }, name);
  const cells = rows.map((row) => names.map((name) => add(row, "td", { "data-column": name }))); // a phone shows a list

  const label = add(actions, "label", { class: "asks" });
  const box = add(label, "input", { type: "checkbox" });
  label.append(" Ask me how sure I am, before each answer");
  box.addEventListener("change", () => change(({ sure }) => { sure.asks = box.checked; }));

  follow(() => {
    const { sure } = progress();
    box.checked = sure.asks;
    const known = sure.said.filter((saying) => steps.some((step) => step.said === saying.said));
    const counts = counted(steps, known);
    counts.forEach(({ count, right }, i) => {
      cells[i][0].textContent = String(count);
      cells[i][1].textContent = count ? `${right} (${Math.round((100 * right) / count)} %)` : "";
    });
    drawn.replaceChildren();
    said.textContent = "";
    if (!known.length) {
      score.textContent = sure.asks ? "Nothing said yet: the next question asks." : "Nothing is asked as long as the box is empty.";
      return;
    }
    const [log, brier] = [meanCost(steps, known, "log"), meanCost(steps, known, "brier")];
    score.textContent = `${known.length} answers: cross-entropy ${log.own.toFixed(3)} nats, Brier score ${brier.own.toFixed(3)}, each a mean.`;
    said.textContent = `Had you always said ${log.best.said} %, you would have paid ${log.best.cost.toFixed(3)} nats: the best of the steps for who cannot tell `
      + `what they know. ${log.own < log.best.cost ? "You paid less: you can tell." : "You paid no less than that, so far."}`;
    curve(drawn, counts);
  }, signal);
  root.dataset.live = "";
}

/** Dots of the share that was right over what was said; on the diagonal one is calibrated. The table has the numbers. */
function curve(place, counts) {
  const width = LEFT + SIZE + RIGHT;
  const svg = draw(place, "svg", { viewBox: `0 0 ${width} ${TOP + SIZE + BOTTOM}`, width, role: "img", "aria-label": "Your calibration curve: the share of right answers over how sure you were. The table below has its numbers." });
  const x = (per) => LEFT + (SIZE * per) / 100;
  const y = (per) => TOP + SIZE - (SIZE * per) / 100;
  draw(svg, "path", { class: "frame", d: `M${x(0)} ${y(100)}V${y(0)}H${x(100)}` });
  draw(svg, "path", { class: "even", d: `M${x(0)} ${y(0)}L${x(100)} ${y(100)}` });
  for (const per of [0, 50, 100]) {
    draw(svg, "text", { x: x(per), y: y(0) + 17, "text-anchor": "middle" }, `${per} %`);
    draw(svg, "text", { x: x(0) - 5, y: y(per) + 4, "text-anchor": "end" }, `${per} %`);
  }
  draw(svg, "text", { x: x(50), y: y(0) + 35, "text-anchor": "middle" }, "you said");
  draw(svg, "text", { x: 0, y: 13 }, "you were right");
  const dots = counts.filter(({ count }) => count).map(({ said, count, right }) => ({ cx: x(said), cy: y((100 * right) / count), r: Math.min(12, 3 + Math.sqrt(count)) }));
  draw(svg, "path", { class: "own", d: `M${dots.map(({ cx, cy }) => `${cx} ${cy}`).join("L")}` });
  for (const dot of dots) draw(svg, "circle", dot);
}

export default { render: live(enhance) };
