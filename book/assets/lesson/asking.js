// A question at which the lesson stops: answered by choice, or with the figure. Each answer
// has a sentence of its own; then the lesson goes on, and the picture answers.
const SIGNS = ["✗ ", "✓ "];

export class Asking {
  #box;
  #answers;
  #verdict;
  #goOn;
  /** @type {any} */
  #ask = null;
  #value; // what the reader has set in the figure

  /** @param {HTMLElement} box  @param {{ value(name: string): number, done(): void }} lesson */
  constructor(box, { value, done }) {
    this.#box = box;
    this.#value = value;
    this.#answers = box.querySelector("div");
    this.#verdict = box.querySelector("p");
    this.#goOn = box.querySelector(".go-on");
    this.#goOn.addEventListener("click", done);
  }

  get open() { return this.#ask; }

  close() {
    this.#ask = null;
    this.#box.hidden = true;
  }

  ask(ask) {
    this.#ask = ask;
    this.#box.querySelector("legend").textContent = ask.question;
    this.#verdict.textContent = "";
    this.#goOn.hidden = true;
    const options = ask.options ?? ["This is my answer"];
    this.#answers.replaceChildren(...options.map((option, i) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = option;
      button.addEventListener("click", () => (ask.drag ? this.#check() : this.#choose(i)));
      return button;
    }));
    this.#box.hidden = false;
    this.#box.focus({ preventScroll: true });
  }

  #choose(i) {
    const { right, says } = this.#ask;
    for (const [k, button] of [...this.#answers.children].entries()) {
      button.disabled = true;
      if (k === right || k === i) button.className = k === right ? "right" : "wrong";
    }
    this.#say(i === right, says[i]);
    this.#end();
  }

  /** An answer by the figure may be tried again, or left. */
  #check() {
    const { drag, right, within, says } = this.#ask;
    const off = this.#value(drag) - right;
    const isRight = Math.abs(off) <= within;
    this.#say(isRight, says[isRight ? 1 : off < 0 ? 0 : 2]);
    if (isRight) this.#answers.replaceChildren();
    this.#end(isRight);
  }

  #say(isRight, text) {
    this.#verdict.className = isRight ? "right" : "wrong";
    this.#verdict.textContent = SIGNS[Number(isRight)] + text;
  }

  #end(focus = true) {
    this.#goOn.hidden = false;
    if (focus) this.#goOn.focus({ preventScroll: true });
  }
}
