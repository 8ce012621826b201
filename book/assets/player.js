// Voice and transcript follow each other: the sentence that is said is marked, and a
// sentence that is clicked is said. The captions hold the times, one for each sentence;
// they are fetched when the reader first plays, or asks for a sentence.

const EARLIER = 0.02; // seconds before a sentence, so that its first sound is not cut
const BACK = 1.5; // seconds into a sentence from which "previous" begins it again

const store = {
  get(key) { try { return localStorage.getItem(`lossbook-audio-${key}`); } catch { return null; } },
  set(key, value) { try { localStorage.setItem(`lossbook-audio-${key}`, value); } catch { /* kept for this visit only */ } },
};

const words = (cue) => cue.getCueAsHTML().textContent.trim();

/** @typedef {{ start: number, end: number, text: string, sentence?: HTMLElement }} Cue */

class Player {
  #audio;
  #captions;
  #name;
  /** @type {HTMLElement | null} */
  #transcript;
  /** @type {HTMLElement[]} */
  #sentences = []; // of the transcript
  /** @type {Cue[] | null} */
  #cues = null; // once they are there
  /** @type {Promise<Cue[]> | null} */
  #loading = null;
  #said = -1;
  #line; // shows the words where no transcript is on the page

  constructor(figure) {
    this.#audio = figure.querySelector("audio");
    this.#captions = figure.querySelector("track");
    this.#name = figure.dataset.recording;
    const next = figure.nextElementSibling;
    this.#transcript = next?.matches(".dialogue") ? next : null;
    figure.dataset.live = "";
    this.#wire(figure.querySelector(".recording-controls"));
    this.#audio.addEventListener("play", () => {
      figure.dataset.playing = ""; // it stays in sight, where the page goes along, until the end
      this.#begin();
    });
    this.#audio.addEventListener("ended", () => { delete figure.dataset.playing; });
    this.#audio.addEventListener("timeupdate", () => this.#follow());
    this.#audio.addEventListener("seeked", () => this.#follow());
    this.#audio.addEventListener("pause", () => this.#remember());
    this.#audio.addEventListener("ended", () => store.set(this.#name, 0));
    addEventListener("pagehide", () => this.#remember());
    for (const link of figure.querySelectorAll("li a")) {
      link.addEventListener("click", (event) => {
        event.preventDefault();
        this.#playFrom(Number(link.hash.slice(3)));
      });
    }
    if (this.#transcript) this.#listen(this.#transcript);
  }

  #wire(controls) {
    const choice = controls.querySelector("select");
    const apply = () => { this.#audio.defaultPlaybackRate = this.#audio.playbackRate = choice.value; };
    choice.value = store.get("rate") ?? 1;
    if (!choice.value) choice.value = 1;
    apply();
    choice.addEventListener("change", () => { apply(); store.set("rate", choice.value); });
    for (const button of controls.querySelectorAll("button")) {
      button.addEventListener("click", () => this.#skip(Number(button.value)));
    }
    this.#line = controls.querySelector("output");
  }

  /** The transcript is one stop for the keyboard; arrows move within it. */
  #listen(transcript) {
    this.#sentences = [...transcript.querySelectorAll("span")];
    transcript.dataset.live = "";
    this.#reach(this.#sentences[0]);
    transcript.addEventListener("click", ({ target }) => {
      const sentence = target.closest("span");
      if (sentence && getSelection()?.isCollapsed) this.#say(sentence);
    });
    transcript.addEventListener("keydown", (event) => {
      const at = this.#sentences.indexOf(event.target);
      const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
      if (at < 0 || event.altKey || event.ctrlKey || event.metaKey) return;
      if (step) {
        const next = this.#sentences[at + step];
        if (next) this.#reach(next).focus();
      } else if (event.key === "Enter" || event.key === " ") {
        this.#say(event.target);
      } else return;
      event.preventDefault();
    });
  }

  /** Make a sentence the one that the keyboard reaches. */
  #reach(sentence) {
    if (sentence.hasAttribute("tabindex")) return sentence; // taken off, the focus would go
    for (const each of this.#transcript?.querySelectorAll("[tabindex]") ?? []) {
      each.removeAttribute("tabindex");
      each.removeAttribute("role");
      each.removeAttribute("aria-description");
    }
    sentence.tabIndex = 0;
    sentence.role = "button";
    sentence.setAttribute("aria-description", "plays from this sentence");
    return sentence;
  }

  /** Fetch the captions once; without them there is the plain player. */
  #load() { return (this.#loading ??= this.#fetchCues()); }

  async #fetchCues() {
    await this.#makeSeekable();
    const { track } = this.#captions;
    if (track.mode === "disabled") track.mode = "hidden";
    if (this.#captions.readyState < 2) {
      await new Promise((done) => {
        for (const event of ["load", "error"]) this.#captions.addEventListener(event, done, { once: true });
      });
    }
    let at = 0;
    /** @type {Cue[]} */
    const cues = [...(track.cues ?? [])].map((cue) => ({ start: cue.startTime, end: cue.endTime, text: words(cue) }));
    for (const sentence of this.#sentences) {
      // A sentence that was changed since it was recorded has no time.
      const found = cues.findIndex(({ text }, i) => i >= at && text === sentence.textContent.trim());
      if (found < 0) continue;
      cues[found].sentence = sentence;
      at = found + 1;
    }
    this.#cues = cues;
    if (!at) this.#transcript?.removeAttribute("data-live");
    return cues;
  }

  /** Where a server cannot send a part of a file, take it whole: only then it can be sought in. */
  async #makeSeekable() {
    const { seekable, paused, currentSrc } = this.#audio;
    if (!seekable.length || seekable.end(seekable.length - 1) > 0) return;
    const whole = await fetch(currentSrc).then((reply) => reply.blob());
    this.#audio.src = URL.createObjectURL(whole);
    await new Promise((done) => { this.#audio.addEventListener("loadedmetadata", done, { once: true }); });
    if (!paused) await this.#audio.play();
  }

  async #begin() {
    for (const other of document.querySelectorAll("audio")) {
      if (other !== this.#audio) other.pause();
    }
    if (this.#cues) return;
    await this.#load();
    const kept = Number(store.get(this.#name));
    if (kept > 1 && this.#audio.currentTime < 1) this.#audio.currentTime = kept;
    this.#follow();
  }

  /** Mark what is said now. Between two sentences the earlier one stays marked. */
  #follow() {
    if (!this.#cues) return;
    const now = this.#audio.currentTime + 2 * EARLIER;
    const said = this.#cues.findLastIndex(({ start }) => start <= now);
    if (said === this.#said) return;
    const before = this.#cues[this.#said]?.sentence;
    const { sentence, text } = this.#cues[said] ?? {};
    this.#said = said;
    before?.removeAttribute("aria-current");
    this.#remember();
    if (this.#line) this.#line.value = text ?? "";
    if (!sentence) return;
    const rest = this.#transcript?.querySelector("input");
    if (rest && !sentence.checkVisibility()) rest.checked = true;
    sentence.ariaCurrent = "true";
    // The page goes along for readers who follow, not for those who have gone elsewhere.
    if (before && inView(before) && !inView(sentence)) sentence.scrollIntoView({ block: "center" });
    if (!this.#transcript?.contains(document.activeElement)) this.#reach(sentence);
  }

  #remember() {
    if (this.#cues && !this.#audio.ended) store.set(this.#name, this.#audio.currentTime.toFixed(1));
  }

  async #say(sentence) {
    const cues = await this.#load();
    const cue = cues.find((each) => each.sentence === sentence);
    this.#reach(sentence);
    if (cue) this.#playFrom(cue.start);
  }

  async #skip(step) {
    const cues = await this.#load();
    const now = this.#audio.currentTime;
    const said = cues.findLastIndex(({ start }) => start <= now + 2 * EARLIER);
    const again = step < 0 && now - cues[said]?.start > BACK;
    const to = Math.min(Math.max(again ? said : said + step, 0), cues.length - 1);
    if (cues[to]) this.#playFrom(cues[to].start);
  }

  async #playFrom(time) {
    await this.#load();
    this.#audio.currentTime = Math.max(0, time - EARLIER);
    await this.#audio.play();
  }
}

function inView(element) {
  const { top, bottom } = element.getBoundingClientRect();
  return top >= 0 && bottom <= innerHeight;
}

for (const figure of document.querySelectorAll(".recording")) new Player(figure);
