// The page of a lesson as the film sees it: the picture, the title of the scene and, in the
// place of captions, the question. What is shown depends on what is asked for, not on a clock.
/** @param {string} style */
(style) => {
  /** @type {any} */
  const root = document.querySelector(".lesson");
  const { lesson } = root;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(style);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  const add = (parent, tag, className = "") => parent.appendChild(Object.assign(document.createElement(tag), { className }));
  const title = add(root, "p", "film-title");
  const panel = add(root, "div", "film-ask");
  const [question, options, says] = ["p", "ol", "p"].map((tag) => add(panel, tag));
  root.style.setProperty("--loss", getComputedStyle(root).getPropertyValue("--loss")); // of the page's topic
  document.body.className = "bd-article";
  document.body.replaceChildren(root);
  /** @type {any} */
  let asks = [];

  /** Figures as large as they can be above the strip for questions. In one width two plots stand side by side, in another not. */
  async function fit() {
    const room = root.querySelector(".scenes").clientHeight;
    for (const place of root.querySelectorAll("[data-scene][data-model]")) {
      let best = { width: 0, scale: 0 };
      // They see their new width in one frame, and draw themselves anew in a later one.
      const lay = async ({ width, scale }) => {
        Object.assign(place.style, { width: `${width}px`, transform: `scale(${scale})`, transformOrigin: "top" });
        for (let i = 0; i < 6; i++) await new Promise(requestAnimationFrame);
      };
      for (let width = 480; width <= 960; width += 80) {
        await lay({ width, scale: 1 });
        const scale = Math.min(room / place.scrollHeight, 960 / width);
        if (width * scale > best.width * best.scale) best = { width, scale };
      }
      await lay(best);
    }
  }

  /** Where the figure is on its way to the answer. */
  function drag({ drag: name, right }, f) {
    const [owner, trait] = name.split(".");
    const { model } = root.querySelector(`[data-scene="${owner}"]`);
    asks.from ??= model.get(trait);
    model.driven = true;
    model.set(trait, asks.from + (right - asks.from) * f * f * (3 - 2 * f));
    model.driven = false;
  }

  function ask(about, f) {
    panel.toggleAttribute("data-on", Boolean(about));
    if (!about) { asks.from = undefined; return; }
    question.textContent = about.question;
    options.replaceChildren(...(about.options ?? []).map((text, i) => {
      const option = Object.assign(document.createElement("li"), { textContent: text });
      option.toggleAttribute("data-right", f > 0 && i === about.right);
      return option;
    }));
    const told = f === 1 || (f > 0 && !about.drag);
    says.textContent = told ? about.says[about.drag ? 1 : about.right] : "";
    if (about.drag) drag(about, f);
  }

  Object.assign(window, { film: {
    ready: false,
    async load(score) {
      asks = score.asks;
      await lesson.load();
      await document.fonts.ready;
      await fit();
      this.ready = true;
    },
    at(time, chapter, number, f) {
      // Laid out anew each time: what was drawn before leaves no trace in the picture.
      document.body.style.display = "none";
      void document.body.offsetHeight;
      document.body.style.display = "";
      lesson.show(time);
      title.textContent = chapter;
      ask(number === null ? null : asks[number], f);
    },
  } });
}
