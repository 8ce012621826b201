// What a cell says on its way to the page: gathered, so that a loop that prints cannot drown it.

const BURST = 20; // messages that go out at once
const PAUSE = 50; // ms for one more
const TEXT = 100_000; // characters of a cell
const OTHERS = 100; // pictures, values and the like of a cell
const REST = "… (the rest is left out)\n";

export class Outputs {
  #emit;
  #now;
  /** @type {{ kind: "stream", name: string, text: string } | null} */
  #held = null;
  #credit = BURST;
  #seen;
  #text = 0;
  #others = 0;

  /**
   * @param {(output: object) => void} emit  Sends an output to the page.
   * @param {() => number} now  Milliseconds.
   */
  constructor(emit, now = () => performance.now()) {
    this.#emit = emit;
    this.#now = now;
    this.#seen = now();
  }

  /** A new cell begins. */
  begin() {
    this.#text = 0;
    this.#others = 0;
  }

  /**
   * @param {"stdout" | "stderr"} name
   * @param {string} text
   */
  write(name, text) {
    if (this.#text > TEXT) return;
    this.#text += text.length;
    const cut = this.#text > TEXT ? `${text.slice(0, text.length - (this.#text - TEXT))}\n${REST}` : text;
    if (this.#held && this.#held.name !== name) this.flush();
    this.#held ??= { kind: "stream", name, text: "" };
    this.#held.text += cut;
    const now = this.#now();
    this.#credit = Math.min(BURST, this.#credit + (now - this.#seen) / PAUSE);
    this.#seen = now;
    if (this.#credit < 1 && this.#text <= TEXT) return; // what is last never waits
    this.#credit -= 1;
    this.flush();
  }

  /** Anything else; what was written before it is shown before it. */
  add(output) {
    this.flush();
    this.#others += 1;
    if (this.#others <= OTHERS || output.kind === "error") this.#emit(output);
    else if (this.#others === OTHERS + 1) this.#emit({ kind: "stream", name: "stderr", text: REST });
  }

  /** Send what is held back. */
  flush() {
    if (this.#held) this.#emit(this.#held);
    this.#held = null;
  }
}
