// The state of a widget, as the front-end contract of anywidget asks for it.

/** A widget's state as one of its views sees it: all share one, each has its listeners. */
export class Model {
  #state;
  #views;
  #listeners = new Map();
  /** True while a lesson sets this view's traits, also between samples: the figure then announces nothing. */
  driven = false;
  /** Of each trait that the reader sets, the values that it can have: its figure tells. @type {Record<string, any[]>} */
  settings = {};

  constructor(state, views = new Set()) {
    this.#state = state;
    this.#views = views.add(this);
  }

  /** The same state for another view. */
  another() { return new Model(this.#state, this.#views); }

  get(name) { return this.#state[name]; }

  set(name, value) {
    if (this.#state[name] === value) return;
    this.#state[name] = value;
    for (const event of [`change:${name}`, "change"]) {
      for (const view of this.#views) view.#tell(event);
    }
  }

  save_changes() {} // there is no kernel to tell

  send() {}

  on(event, callback) {
    if (!this.#listeners.has(event)) this.#listeners.set(event, new Set());
    this.#listeners.get(event).add(callback);
  }

  off(event, callback) {
    for (const [name, callbacks] of this.#listeners) {
      if (event && name !== event) continue;
      if (callback) callbacks.delete(callback);
      else callbacks.clear();
    }
  }

  #tell(event) {
    for (const callback of [...(this.#listeners.get(event) ?? [])]) {
      try {
        callback();
      } catch (error) {
        console.error(error); // and tell the others
      }
    }
  }
}
