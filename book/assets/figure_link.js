// The state of a figure as a link: who opens it sees the figure as it stood when the link was copied.

import { address, names } from "../../lossbook/address.js";

/**
 * Of each trait that a reader sets, the values that it can have; of a list, those at each of its places.
 * @typedef {Record<string, any[]>} Settings
 * @typedef {{ get(name: string): any, set(name: string, value: any): void, settings: Settings }} Figure
 */

const FIGURE = /^figure-([1-9]\d?)$/;
const isList = (values) => Array.isArray(values[0]);

/** Tells a figure from another one, and from itself before its controls were changed. */
export function mark(figure) {
  let hash = 0x811c9dc5; // FNV-1a
  for (const character of JSON.stringify([figure.get("title"), figure.settings])) hash = Math.imul(hash ^ character.charCodeAt(0), 0x01000193);
  return (hash >>> 0).toString(36);
}

/**
 * The parts of an address that lead to the present state of a figure, after those that say which one it is.
 * @param {Figure} figure
 */
export const parts = (figure) => [mark(figure), ...Object.keys(figure.settings).map((name) => `${name}=${[figure.get(name)].flat().join(",")}`)];

/**
 * The state to which such parts lead; an error says why they lead nowhere.
 * @param {Figure} figure
 * @param {string[]} written
 */
export function state(figure, [own, ...pairs]) {
  if (own !== mark(figure)) throw new Error("it does not fit this figure, which may have changed since");
  const wanted = new Map(pairs.map((pair) => /** @type {[string, string]} */ (pair.split(/=(.*)/s, 2))));
  for (const name of wanted.keys()) if (!Object.hasOwn(figure.settings, name)) throw new Error(`“${name}” is no control of this figure`);
  return Object.fromEntries(Object.entries(figure.settings).map(([name, values]) => {
    const text = wanted.get(name);
    if (text === undefined) throw new Error(`it does not say where “${name}” stands: its end may be missing`);
    const found = isList(values) ? listed(values, text.split(",")) : values.find((value) => String(value) === text);
    if (found === undefined) throw new Error(`“${name}” cannot be ${text || "nothing"}`);
    return [name, found];
  }));
}

/** Values by how they are written, one for each place; undefined if one is none of its place. */
function listed(places, texts) {
  const found = texts.map((text, i) => places[i]?.find((value) => String(value) === text));
  return found.length === places.length && !found.includes(undefined) ? found : undefined;
}

/** The place to which the address of the page leads, if to a figure (on slides it names a slide); null if the page has no such figure. */
function wanted(places) {
  const found = names(location.hash)[0]?.match(FIGURE);
  return found ? places[Number(found[1]) - 1] ?? null : undefined;
}

/** The line below a figure: a button, and what is said about a link. */
const lines = new WeakMap();

function line() {
  const made = Object.assign(document.createElement("p"), { className: "state-link" });
  const said = made.appendChild(document.createElement("span"));
  said.setAttribute("role", "status");
  return { made, said };
}

/** Put the figure into the state to which the address leads, and say so, or why not. */
function restore(place) {
  const { said } = lines.get(place);
  try {
    const [, ...written] = names(location.hash);
    for (const [name, value] of Object.entries(state(place.model, written))) place.model.set(name, value);
    said.textContent = "The figure stands as in the link.";
  } catch (error) {
    said.textContent = `The link cannot be followed: ${/** @type {Error} */ (error).message}. The figure was left as it is.`;
  }
  said.tabIndex = -1;
  said.focus({ preventScroll: true });
}

/** Below a figure that has come alive: the button; and if the address leads to the figure, its state. */
export function offer(places, place) {
  const { made, said } = line();
  const button = made.appendChild(Object.assign(document.createElement("button"), { type: "button", textContent: "Copy a link to this state" }));
  button.addEventListener("click", async () => {
    history.replaceState(null, "", address([`figure-${places.indexOf(place) + 1}`, ...parts(place.model)]));
    const copied = await navigator.clipboard?.writeText(location.href).then(() => true, () => false);
    said.textContent = copied ? "Copied." : "Now the address of this page is the link: copy it there.";
  });
  place.after(made);
  lines.set(place, { made, said });
  if (wanted(places) === place) restore(place);
}

/** Lead to the figure of the address, now and whenever it changes: there it is fetched, if it was not. */
export function lead(places, signal) {
  const go = () => {
    const place = wanted(places);
    if (place === null) missing();
    place?.scrollIntoView({ block: "center" });
    if (lines.has(place)) restore(place);
  };
  addEventListener("hashchange", go, { signal });
  go();
}

/** The page has no such figure: say so at its top. */
function missing() {
  const { made, said } = line();
  document.querySelector("h1")?.after(made);
  said.textContent = "The link leads to a figure that this page does not have, or has no more.";
}
