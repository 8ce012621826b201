// A lesson to watch: the voice is the clock, and what is seen is a function of its time. The
// reader is asked, may take a figure over at any moment, and goes back to the lesson. Before
// it is played nothing of it is fetched but this.
import { stateAt, tracks } from "../../../lossbook/motion/seeing.js";
import { keepSpeed, makeSeekable, store, Transcript } from "../transcript.js";
import { Asking } from "./asking.js";
import { clock, controls, fill } from "./controls.js";
import { Scenes } from "./scenes.js";

const EARLIER = 0.02; // seconds before a sentence, so that its first sound is not cut
const BEHIND = 0.02; // seconds after which a question is behind
const BACK = 1.5; // seconds into a sentence from which "previous" begins it again
const still = matchMedia("(prefers-reduced-motion: reduce)");
const here = (name) => new URL(name, import.meta.url).href;

const SAYS = { idle: "Watch", playing: "Pause", paused: "Play", asking: "Go on", yours: "Back to the lesson", ended: "Watch again" };

export class Lesson {
  time = 0;
  #answered = new Set(); // numbers of questions
  #coarse = { at: 0, when: 0 }; // the last time that the sound told, and when
  #said = -1; // the number of the sentence
  #touched = false; // whether the reader has moved the figure
  /** @type {Promise<void> | undefined} */
  #loading;
  #score;
  #tracks;
  #scenes;
  #asking;
  #transcript;
  #key; // by which it is kept where the reader was
  #frame = 0;

  constructor(root) {
    this.root = root;
    this.audio = new Audio();
    this.audio.preload = "none";
    this.parts = controls(root.querySelector(".under"));
    this.#asking = new Asking(this.parts.question, {
      value: (name) => this.#scenes.get(name),
      done: () => this.play(),
    });
    this.#transcript = new Transcript(/** @type {HTMLElement} */ (document.querySelector(".transcript")), (sentence) => this.#say(sentence));
    fill(this.parts.chapters, this.#transcript.chapters);
    this.#key = `${root.dataset.topic}_motion`;
    this.#wire();
    this.#set("idle");
    if (this.#kept) this.parts.caption.textContent = `You were at ${clock(this.#kept)}.`;
  }

  /** Where the reader was, in seconds; 0 at the beginning. */
  get #kept() {
    const seconds = Number(store.get(this.#key));
    return seconds > 1 ? seconds : 0;
  }

  get state() { return this.root.dataset.state; }

  #set(state) {
    this.root.dataset.state = state;
    this.parts.play.textContent = SAYS[state];
    const hands = state === "yours" || Boolean(this.#asking.open?.drag);
    this.root.toggleAttribute("data-hands", hands); // the figure is the reader's
    this.parts.yours.hidden = !this.#scenes?.isFigure || hands;
  }

  /** Fetch all of it, once; after a failure, again when it is asked for again. */
  load() {
    return (this.#loading ??= this.#load().catch((error) => {
      this.#loading = undefined;
      this.parts.caption.textContent = "The lesson could not be fetched. To try again, press Watch.";
      throw error;
    }));
  }

  async #load() {
    const { score, host, sound } = this.root.dataset;
    this.audio.src = sound;
    this.audio.preload = "auto";
    this.audio.load(); // within the click: some browsers play nothing otherwise
    this.#score = await fetch(here(score)).then((reply) => reply.json());
    this.#tracks = tracks(this.#score);
    this.#scenes = new Scenes(this.root, this.#score);
    this.parts.bar.max = this.#score.lines.length - 1;
    const ready = new Promise((done) => {
      for (const event of ["loadedmetadata", "error"]) this.audio.addEventListener(event, done, { once: true });
    });
    await Promise.all([this.#scenes.start(here(host), () => this.takeOver()), this.audio.readyState ? 0 : ready]);
    await makeSeekable(this.audio);
    for (const each of this.root.querySelectorAll(".poster, .begin")) each.remove();
    this.root.dataset.live = "";
    this.#place(this.#kept < this.#score.seconds - 2 ? this.#kept : 0);
  }

  // The clock. Some browsers tell the time of a sound only a few times a second.
  now() {
    if (this.audio.paused || this.audio.seeking) return this.time;
    const [at, when] = [this.audio.currentTime, performance.now()];
    if (at !== this.#coarse.at) this.#coarse = { at, when };
    return Math.min(at + Math.min((when - this.#coarse.when) / 1000, 0.25) * this.audio.playbackRate, this.#score.seconds);
  }

  /** Be at a time: questions before it are behind, those after it are ahead. */
  #place(time) {
    this.time = Math.min(Math.max(time, 0), this.#score.seconds);
    this.#score.asks.forEach(({ at }, i) => { if (at < this.time) this.#answered.add(i); else this.#answered.delete(i); });
    this.#asking.close();
    this.audio.currentTime = Math.max(this.time - EARLIER, 0);
    this.show(this.time);
  }

  async play() {
    await this.load();
    if (this.state === "ended") this.#place(0);
    if (this.#asking.open) {
      this.#answered.add(this.#score.asks.indexOf(this.#asking.open));
      this.time += BEHIND; // where a figure that answers has the answer
      if (this.audio.currentTime < this.time) this.audio.currentTime = this.time;
      this.#asking.close();
    }
    if (this.#touched) {
      this.#touched = false;
      await this.#scenes.glide(stateAt(this.#tracks, this.time, still.matches), still.matches);
    }
    this.#set("playing");
    await this.audio.play();
    this.#loop();
  }

  pause() {
    this.time = this.now();
    this.audio.pause();
    if (this.state === "playing") this.#set("paused");
    store.set(this.#key, this.time.toFixed(1));
  }

  #loop() {
    cancelAnimationFrame(this.#frame);
    const step = () => {
      this.#follow();
      if (!this.audio.paused) this.#frame = requestAnimationFrame(step);
    };
    step();
  }

  /** Called for every frame, and a few times a second where none are drawn: a hidden page goes on talking. */
  #follow() {
    if (this.audio.paused || this.audio.seeking) return;
    this.time = this.now();
    const stop = this.#score.asks.find(({ at }, i) => !this.#answered.has(i) && at <= this.time);
    if (stop) {
      this.time = stop.at;
      this.audio.pause();
      this.show(this.time);
      this.#asking.ask(stop);
      this.#touched = Boolean(stop.drag);
      this.#set("asking");
    } else this.show(this.time);
  }

  /** What is seen and read at a time. */
  show(time) {
    const before = this.#scenes.current;
    this.#scenes.show(stateAt(this.#tracks, time, still.matches));
    if (before !== this.#scenes.current) this.#set(this.state);
    const { lines, chapters } = this.#score;
    const said = lines.findLastIndex(([start]) => start <= time + 2 * EARLIER);
    if (said === this.#said) return;
    this.#said = said;
    const sentence = this.#transcript.sentences[said];
    const text = sentence?.textContent ?? "";
    this.parts.caption.textContent = text;
    this.parts.bar.value = String(Math.max(said, 0));
    this.parts.bar.setAttribute("aria-valuetext", text);
    this.parts.chapters.value = String(Math.max(chapters.findLastIndex(({ at }) => at <= time + EARLIER), 0));
    this.#transcript.mark(sentence);
    if (this.state === "playing") store.set(this.#key, time.toFixed(1));
  }

  /** The reader's turn, with the figure that is shown. */
  takeOver() {
    this.#touched = true;
    if (this.state === "asking" || this.state === "yours") return;
    this.pause();
    this.#set("yours");
  }

  /** To a time; goes on if it is playing. */
  async go(time, { play = this.state === "playing" } = {}) {
    await this.load();
    if (this.#touched) { this.#scenes.forget(); this.#touched = false; }
    this.audio.pause();
    this.#place(time);
    if (play) await this.play();
    else this.#set("paused");
  }

  #say(sentence) {
    const i = this.#transcript.sentences.indexOf(sentence);
    this.load().then(() => this.go(this.#score.lines[i][0], { play: true }));
  }

  async #chapter(i, how) {
    await this.load();
    await this.go(this.#score.chapters[i].at, how);
  }

  /** On the screen as a whole, if it can be. */
  #inSight() {
    if (this.root.getBoundingClientRect().bottom > innerHeight) this.root.scrollIntoView({ block: "start" });
  }

  async #skip(step) {
    await this.load();
    const { lines } = this.#score;
    const again = step < 0 && this.time - (lines[this.#said]?.[0] ?? 0) > BACK;
    await this.go(lines[Math.min(Math.max(again ? this.#said : this.#said + step, 0), lines.length - 1)][0]);
  }

  #wire() {
    const { bar, previous, play, next, chapters, speed, captions, caption, yours } = this.parts;
    const begin = document.createElement("button");
    Object.assign(begin, { type: "button", className: "begin", ariaLabel: "Watch" });
    this.root.querySelector(".scenes").append(begin);
    for (const button of [begin, play]) button.addEventListener("click", () => (this.state === "playing" ? this.pause() : this.play()));
    begin.addEventListener("click", () => { play.focus({ preventScroll: true }); this.#inSight(); });
    previous.addEventListener("click", () => this.#skip(-1));
    next.addEventListener("click", () => this.#skip(1));
    yours.addEventListener("click", () => this.takeOver());
    bar.addEventListener("input", async () => { await this.load(); this.go(this.#score.lines[bar.valueAsNumber][0]); });
    chapters.addEventListener("change", () => this.#chapter(chapters.selectedIndex));
    keepSpeed(speed, this.audio);
    captions.addEventListener("click", () => {
      captions.ariaPressed = String(captions.ariaPressed !== "true");
      caption.hidden = captions.ariaPressed !== "true";
    });
    for (const [i, link] of [...document.querySelectorAll(".moments a")].entries()) {
      link.addEventListener("click", async (event) => {
        event.preventDefault();
        await this.#chapter(i, { play: true });
        this.#inSight();
      });
    }
    this.audio.addEventListener("timeupdate", () => this.#follow());
    this.audio.addEventListener("ended", () => { this.#set("ended"); this.time = this.#score.seconds; this.show(this.time); store.set(this.#key, 0); });
    // By the keys of a keyboard or a headset, or because another sound begins.
    this.audio.addEventListener("pause", () => { if (this.state === "playing" && !this.audio.ended && !this.audio.seeking) this.pause(); });
    this.audio.addEventListener("play", () => { if (this.state !== "playing") this.play(); });
    addEventListener("pagehide", () => { if (this.state === "playing") this.pause(); });
  }
}

const root = document.querySelector(".lesson[data-score]");
if (root) Object.assign(root, { lesson: new Lesson(root) }); // also for those who look with the browser's tools
