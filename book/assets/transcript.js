// What recordings and lessons share: a transcript that goes along with the voice, where a
// reader was, and recordings that can be sought in on any server.

export const store = {
  get(key) { try { return localStorage.getItem(`lossbook-audio-${key}`); } catch { return null; } },
  set(key, value) { try { localStorage.setItem(`lossbook-audio-${key}`, value); } catch { /* kept for this visit only */ } },
};

/** A choice of speed, kept for all recordings. */
export function keepSpeed(choice, audio) {
  const apply = () => { audio.defaultPlaybackRate = audio.playbackRate = Number(choice.value); };
  choice.value = store.get("rate") ?? 1;
  if (!choice.value) choice.value = 1;
  apply();
  choice.addEventListener("change", () => { apply(); store.set("rate", choice.value); });
}

/** Where a server cannot send a part of a file, take it whole: only then it can be sought in. */
export async function makeSeekable(audio) {
  const { seekable, paused, currentSrc } = audio;
  if (!seekable.length || seekable.end(seekable.length - 1) > 0) return;
  const whole = await fetch(currentSrc).then((reply) => reply.blob());
  audio.src = URL.createObjectURL(whole);
  await new Promise((done) => { audio.addEventListener("loadedmetadata", done, { once: true }); });
  if (!paused) await audio.play();
}

/** The sentences of a transcript: one stop for the keyboard; arrows move within it. */
export class Transcript {
  #root;
  /** @type {HTMLElement[]} */
  sentences;
  /** @type {HTMLElement | undefined} */
  #marked;

  /** @param {HTMLElement} root  @param {(sentence: HTMLElement) => void} say  Plays a sentence. */
  constructor(root, say) {
    this.#root = root;
    this.sentences = [...root.querySelectorAll("span")];
    root.dataset.live = "";
    this.#reach(this.sentences[0]);
    const chosen = (/** @type {HTMLElement} */ sentence) => { this.#reach(sentence); say(sentence); };
    root.addEventListener("click", ({ target }) => {
      const sentence = /** @type {HTMLElement} */ (target).closest("span");
      if (sentence && getSelection()?.isCollapsed) chosen(sentence);
    });
    root.addEventListener("keydown", (event) => {
      const sentence = /** @type {HTMLElement} */ (event.target);
      const at = this.sentences.indexOf(sentence);
      const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
      if (at < 0 || event.altKey || event.ctrlKey || event.metaKey) return;
      if (step) {
        const next = this.sentences[at + step];
        if (!next) return;
        unfold(next);
        this.#reach(next).focus();
      } else if (event.key === "Enter" || event.key === " ") {
        chosen(sentence);
      } else return;
      event.preventDefault();
    });
  }

  /** Make a sentence the one that the keyboard reaches. */
  #reach(sentence) {
    if (sentence.hasAttribute("tabindex")) return sentence; // taken off, the focus would go
    for (const each of this.#root.querySelectorAll("[tabindex]")) {
      each.removeAttribute("tabindex");
      each.removeAttribute("role");
      each.removeAttribute("aria-description");
    }
    sentence.tabIndex = 0;
    sentence.role = "button";
    sentence.setAttribute("aria-description", "plays from this sentence");
    return sentence;
  }

  /** What its paragraphs begin with. */
  get chapters() { return [...this.#root.querySelectorAll("b")].map(({ textContent }) => textContent); }

  /** No sentence of it has a time. */
  idle() { this.#root.removeAttribute("data-live"); }

  /** Mark the sentence that is said; the page goes along for readers who follow, not for those who have gone elsewhere. */
  mark(sentence) {
    const before = this.#marked;
    before?.removeAttribute("aria-current");
    this.#marked = sentence;
    if (!sentence) return;
    unfold(sentence);
    sentence.ariaCurrent = "true";
    if (before && inView(before) && !inView(sentence)) sentence.scrollIntoView({ block: "center" });
    if (!this.#root.contains(document.activeElement)) this.#reach(sentence);
  }
}

/** On a phone the end of a long dialogue waits for a reader who wants it, or for the voice. */
function unfold(sentence) { sentence.closest("details")?.toggleAttribute("open", true); }

function inView(element) {
  const { top, bottom } = element.getBoundingClientRect();
  return top >= 0 && bottom <= innerHeight;
}
