// Voice and transcript follow each other: the sentence that is said is marked, and a
// sentence that is clicked is said. The captions hold the times, one for each sentence;
// they are fetched when the reader first plays, or asks for a sentence.
import { keepSpeed, makeSeekable, store, Transcript } from "./transcript.js";

const EARLIER = 0.02; // seconds before a sentence, so that its first sound is not cut
const BACK = 1.5; // seconds into a sentence from which "previous" begins it again

const words = (cue) => cue.getCueAsHTML().textContent.trim();

/** @typedef {{ start: number, end: number, text: string, sentence?: HTMLElement }} Cue */

/** It stays in sight, where the page goes along, until the end; what one jumps to stands below it. */
function stay(figure, playing) {
  figure.toggleAttribute("data-playing", playing);
  document.documentElement.toggleAttribute("data-recording", Boolean(document.querySelector(".recording[data-playing]")));
}

class Player {
  #audio;
  #captions;
  #name;
  #transcript;
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
    this.#transcript = next?.matches(".dialogue") ? new Transcript(next, (sentence) => this.#say(sentence)) : null;
    figure.dataset.live = "";
    this.#wire(figure.querySelector(".recording-controls"));
    this.#audio.addEventListener("play", () => {
      stay(figure, true);
      this.#begin();
    });
    this.#audio.addEventListener("ended", () => stay(figure, false));
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
  }

  #wire(controls) {
    keepSpeed(controls.querySelector("select"), this.#audio);
    for (const button of controls.querySelectorAll("button")) {
      button.addEventListener("click", () => this.#skip(Number(button.value)));
    }
    this.#line = controls.querySelector("output");
  }

  /** Fetch the captions once; without them there is the plain player. */
  #load() { return (this.#loading ??= this.#fetchCues()); }

  async #fetchCues() {
    await makeSeekable(this.#audio);
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
    for (const sentence of this.#transcript?.sentences ?? []) {
      // A sentence that was changed since it was recorded has no time.
      const found = cues.findIndex(({ text }, i) => i >= at && text === sentence.textContent.trim());
      if (found < 0) continue;
      cues[found].sentence = sentence;
      at = found + 1;
    }
    this.#cues = cues;
    if (!at) this.#transcript?.idle();
    return cues;
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
    const { sentence, text } = this.#cues[said] ?? {};
    this.#said = said;
    this.#remember();
    if (this.#line) this.#line.value = text ?? "";
    this.#transcript?.mark(sentence);
  }

  #remember() {
    if (this.#cues && !this.#audio.ended) store.set(this.#name, this.#audio.currentTime.toFixed(1));
  }

  async #say(sentence) {
    const cues = await this.#load();
    const cue = cues.find((each) => each.sentence === sentence);
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

for (const figure of document.querySelectorAll(".recording")) new Player(figure);
