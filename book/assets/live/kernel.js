// Python in a worker: starts when it is first needed, runs one cell after the other.

/** What a reader is told while a cell has no result yet. */
const STEPS = { core: "Loading Python …", packages: "Loading what the cell imports …", run: "Running …" };

/**
 * What runs, and where it is shown.
 * @typedef {{
 *   name: string, code(): string, begin(): void, progress(words: string): void,
 *   show(output: object): void, end(ok: boolean): void,
 * }} Runnable
 * @typedef {{ cell: Runnable, resolve(ok: boolean): void }} Task
 */

/**
 * @param {() => Worker} start  Makes a worker that speaks as worker.js does.
 * @param {() => void} died  Is called when Python has died, and its variables with it.
 */
export class Kernel {
  #start;
  /** @type {Worker | null} */
  #worker = null;
  /** @type {Task[]} */
  #queue = [];
  /** @type {Task | null} */
  #busy = null;
  #isUp = false;
  #models = new Map();
  #died;

  constructor(start, died = () => {}) {
    this.#start = start;
    this.#died = died;
  }

  /** Begin to load Python, so that it is there when it is asked for. */
  warm() {
    if (this.#worker) return;
    const worker = this.#worker = this.#start();
    worker.onmessage = ({ data }) => this.#hear(data);
    worker.onerror = (event) => this.#hear({
      type: this.#isUp ? "died" : "failed",
      text: event.message ?? "its script could not be loaded",
    });
  }

  get isRunning() { return this.#busy !== null; }

  /**
   * Run a cell once those before it have run. Resolves to whether it ran to its end.
   * @param {Runnable} cell
   * @returns {Promise<boolean>}
   */
  run(cell) {
    this.warm();
    return new Promise((resolve) => {
      this.#queue.push({ cell, resolve });
      cell.progress(this.#busy ? "Waiting …" : this.#isUp ? STEPS.run : STEPS.core);
      this.#next();
    });
  }

  /** End Python, and with it all variables; what waits is dropped. */
  stop() {
    this.#worker?.terminate();
    this.#worker = null;
    this.#isUp = false;
    this.#models.clear();
    const dropped = this.#busy ? [this.#busy, ...this.#queue] : this.#queue;
    [this.#busy, this.#queue] = [null, []];
    for (const { cell, resolve } of dropped) {
      cell.end(false);
      resolve(false);
    }
  }

  /** Hand the state of a widget to Python, and what Python changes to `receive`. */
  connect(id, receive) {
    this.#models.set(id, receive);
    const worker = this.#worker;
    return (state) => worker === this.#worker && worker?.postMessage({ type: "state", id, state });
  }

  #next() {
    if (this.#busy) return;
    this.#busy = this.#queue.shift() ?? null;
    if (!this.#busy) return;
    const { cell } = this.#busy;
    cell.begin();
    this.#worker?.postMessage({ type: "run", name: cell.name, code: cell.code() });
  }

  #hear(said) {
    if (said.type === "state") {
      this.#models.get(said.id)?.(said.state);
      return;
    }
    if (said.type === "failed" || said.type === "died") {
      const cell = (this.#busy ?? this.#queue[0])?.cell;
      const text = said.type === "died"
        ? `Python has died: ${said.text}. Its variables are gone; “Run” starts it anew.`
        : `Python could not be loaded: ${said.text}. Reload the page to try again.`;
      cell?.show({ kind: "error", text });
      this.stop();
      if (said.type === "died") this.#died();
      return;
    }
    this.#isUp = true;
    if (!this.#busy) return;
    const { cell, resolve } = this.#busy;
    if (said.type === "progress") cell.progress(STEPS[said.step]);
    else if (said.type === "output") cell.show(said.output);
    else if (said.type === "done") {
      this.#busy = null;
      cell.end(said.ok);
      resolve(said.ok);
      this.#next();
    }
  }
}
