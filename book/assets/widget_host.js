// Runs widgets on a page without a kernel: the front-end contract of anywidget 0.11
// (https://anywidget.dev/en/afm) over the state that Python gave them. The build has put
// the state, the script and the style sheets of each into files beside this one, which
// are fetched when a reader comes near.
// Not here: what only a kernel can answer, and widgets inside widgets (`host`).

import { lead, offer } from "./figure_link.js";
import { whenNear } from "./near.js";
import { style } from "./sheets.js";
import { Model } from "./widget_model.js";

const here = (name) => new URL(name, import.meta.url);

const leaving = new AbortController();
const { signal } = leaving;

/** The state, its binary parts put back where they were. */
function restored({ state, buffers = [] }) {
  for (const { path, data } of buffers) {
    const bytes = Uint8Array.from(atob(data), (character) => character.charCodeAt(0));
    const owner = path.slice(0, -1).reduce((part, key) => part[key], state);
    owner[path.at(-1)] = new DataView(bytes.buffer);
  }
  return state;
}

const experimental = {
  invoke: async (name) => { throw new Error(`no kernel runs here that could answer "${name}"`); },
};

/** What a part of a widget returns to clean up runs when the reader leaves the page. */
function keep(cleanup) {
  if (typeof cleanup === "function") signal.addEventListener("abort", () => cleanup());
}

// Those of a lesson are driven by it, and have no state of their own.
const figures = [...document.querySelectorAll(".explorer")];
const started = new Map();

/** The widget that a module makes, and its model. */
async function start(entry) {
  const { _esm: script, _css: sheets } = entry.state;
  const [module] = await Promise.all([import(here(script).href), ...sheets.map((sheet) => style(here(sheet)))]);
  const widget = typeof module.default === "function" ? await module.default() : module.default;
  const model = new Model(restored(entry));
  keep(await widget.initialize?.({ model, signal, experimental }));
  return { widget, model };
}

/** Shows a widget in its place, beside its static form. */
async function show(place) {
  const file = place.dataset.model;
  const live = document.createElement("div");
  place.append(live);
  try {
    if (!started.has(file)) started.set(file, fetch(here(file)).then((answer) => answer.json()).then(start));
    const { widget, model } = await started.get(file);
    place.model = model.another(); // also for those who look with the browser's tools
    keep(await widget.render?.({ model: place.model, el: live, signal, experimental }));
    place.dataset.live = "";
    if (figures.includes(place)) offer(figures, place);
    place.dispatchEvent(new Event("live", { bubbles: true })); // a lesson may drive it now
  } catch (error) {
    console.error(error);
    place.model?.off();
    live.textContent = "This figure cannot be moved now: its script failed. The picture shows its first state. To try again, load the page again.";
  }
}

addEventListener("pagehide", ({ persisted }) => { if (!persisted) leaving.abort(); });
// Paper gets the static forms: nothing has to be there for it.
whenNear(document.querySelectorAll("[data-model]"), show);
lead(figures, signal);
