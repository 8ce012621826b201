// What all our widgets are made of: elements whose words go in as text.

const SVG = "http://www.w3.org/2000/svg";

/** A new HTML element in `parent`; what it says goes in as text, never as markup. */
export function add(parent, tag, properties = {}, text = "") {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) node.setAttribute(name, value);
  node.textContent = text;
  return parent.appendChild(node);
}

/** A new SVG element in `parent`. */
export function draw(parent, tag, attributes = {}, text = "") {
  const node = document.createElementNS(SVG, tag);
  node.textContent = text;
  set(node, attributes);
  return parent.appendChild(node);
}

/** Attributes of an SVG element; lengths are cut to what one can see. */
export function set(node, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    node.setAttribute(name, typeof value === "number" ? Math.round(value * 100) / 100 : value);
  }
}
