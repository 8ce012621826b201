// Runs widgets on a page without a kernel: the front-end contract of anywidget 0.11
// (https://anywidget.dev/en/afm) over the state that Python gave them. The build has put
// that state, and the script and style sheet of each, into files beside this one.
// Not here: what only a kernel can answer, and widgets inside widgets (`host`).

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

const styles = new Map();

/** Adds a style sheet once, and waits until it is there. */
function style(name) {
  if (!styles.has(name)) {
    const link = document.createElement("link");
    Object.assign(link, { rel: "stylesheet", href: here(name) });
    styles.set(name, new Promise((resolve, reject) => {
      Object.assign(link, { onload: resolve, onerror: () => reject(new Error(`${link.href} is missing`)) });
    }));
    document.head.append(link);
  }
  return styles.get(name);
}

const experimental = {
  invoke: async (name) => { throw new Error(`no kernel runs here that could answer "${name}"`); },
};

/** What a part of a widget returns to clean up runs when the reader leaves the page. */
function keep(cleanup) {
  if (typeof cleanup === "function") signal.addEventListener("abort", () => cleanup());
}

/** The widget that a module makes, and its model. */
async function start(entry) {
  const { _esm: script, _css: sheet } = entry.state;
  const [module] = await Promise.all([import(here(script).href), sheet && style(sheet)]);
  const widget = typeof module.default === "function" ? await module.default() : module.default;
  const model = new Model(restored(entry));
  keep(await widget.initialize?.({ model, signal, experimental }));
  return { widget, model };
}

/** Shows the widgets of a page in their places, each beside its static form. */
export async function show(places, states) {
  const started = new Map();
  await Promise.all(places.map(async (place) => {
    const id = place.dataset.model;
    const live = document.createElement("div");
    place.append(live);
    try {
      if (!started.has(id)) started.set(id, states.then((all) => start(all[id])));
      const { widget, model } = await started.get(id);
      place.model = model.another(); // also for those who look with the browser's tools
      keep(await widget.render?.({ model: place.model, el: live, signal, experimental }));
      place.dataset.live = "";
      place.dispatchEvent(new Event("live", { bubbles: true })); // a lesson may drive it now
    } catch (error) {
      console.error(error);
      place.model?.off();
      live.textContent = "This figure cannot be moved now: its script failed. The picture shows its first state. To try again, load the page again.";
    }
  }));
}

addEventListener("pagehide", ({ persisted }) => { if (!persisted) leaving.abort(); });
const state = document.querySelector("script[data-state]")?.getAttribute("data-state");
show([...document.querySelectorAll("[data-model]")], fetch(here(state)).then((answer) => answer.json()));
