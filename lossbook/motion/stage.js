// A drawing that knows only poses: Python has computed where each part stands in each.
const SVG = "http://www.w3.org/2000/svg";
const TAGS = { arrow: "path", curve: "path", number: "text" };
const HEAD = 9; // the length of an arrow's head
const near = (number) => Math.round(number * 100) / 100;

/** The path of an arrow; one that has nearly no length is not seen. */
export function arrow(x1, y1, x2, y2) {
  const length = Math.hypot(x2 - x1, y2 - y1);
  if (length < 1) return "";
  const size = Math.min(HEAD, length);
  const [x, y] = [((x2 - x1) / length) * size, ((y2 - y1) / length) * size];
  const wing = (side) => `${near(x2 - x - side * y * 0.6)} ${near(y2 - y + side * x * 0.6)}`;
  return `M${near(x1)} ${near(y1)}L${near(x2)} ${near(y2)}M${wing(1)}L${near(x2)} ${near(y2)}L${wing(-1)}`;
}

/** A number with so many digits. */
export const said = (value, digits) => {
  const size = Math.abs(value).toFixed(digits);
  return value < 0 && Number(size) ? `\u2212${size}` : size;
};

/**
 * Draws the parts into `parent`; returns what puts one into a pose. Over a figure's plot
 * `units` maps its values.
 * @param {SVGElement} parent  @param {any} about  @param {any} [units]
 */
export function stage(parent, { parts }, units) {
  const group = parent.appendChild(document.createElementNS(SVG, "g"));
  group.setAttribute("class", "stage");
  const x = units?.x ?? Number;
  const y = units?.y ?? Number;
  const size = (map, length) => Math.abs(map(length) - map(0));
  /** What each place means on the screen. */
  const places = { x, y, x1: x, x2: x, y1: y, y2: y, cx: x, cy: y, width: (w) => size(x, w), height: (h) => size(y, h), r: Number, opacity: Number };
  return Object.fromEntries(Object.entries(parts).map(([name, { kind, look, text = "", digits, before = "", after = "" }]) => {
    const node = group.appendChild(document.createElementNS(SVG, TAGS[kind] ?? kind));
    node.setAttribute("class", `${kind} ${look}`);
    node.textContent = text;
    if (kind === "curve") node.setAttribute("pathLength", "1");
    return [name, (pose) => {
      node.style.visibility = pose.opacity && pose.drawn !== 0 ? "" : "hidden"; // round ends would leave a dot
      if (kind === "arrow") node.setAttribute("d", arrow(x(pose.x1), y(pose.y1), x(pose.x2), y(pose.y2)));
      for (const [key, value] of Object.entries(pose)) {
        if (key === "value") node.textContent = before + said(value, digits) + after;
        else if (key === "drawn") node.setAttribute("stroke-dasharray", value < 1 ? `${near(value * 100) / 100} 2` : "none");
        else if (key === "points") node.setAttribute("d", `M${value.map((each, i) => near(i % 2 ? y(each) : x(each))).join(" ")}`);
        else if (kind !== "arrow" || key === "opacity") node.setAttribute(key, String(near(places[key](value))));
      }
    }];
  }));
}
