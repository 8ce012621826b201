// Mends of the theme's behaviour. Runs after the theme's scripts, in one function with
// them (book/_ext/site/theme.py).
{
  const all = (selector) => [...document.querySelectorAll(selector)];

  // A dialog has a name, and gives the focus back to the button that opened it. (The theme
  // takes the focus off that button first.) A choice in the contents drawer closes it.
  const names = {
    "pst-search-dialog": "Search",
    "pst-secondary-sidebar-modal": "On this page",
  };
  /** @type {HTMLElement | null} */
  let opener = null;
  addEventListener("click", (event) => {
    opener = /** @type {any} */ (event.target).closest(".search-button__button, .sidebar-toggle") ?? opener;
  }, true);
  for (const dialog of all("dialog")) {
    dialog.setAttribute("aria-label", names[dialog.id]);
    dialog.addEventListener("close", () => {
      const { activeElement } = document;
      if (activeElement === document.body || !activeElement?.checkVisibility()) opener?.focus();
      opener = null;
    });
    dialog.addEventListener("click", (event) => {
      if (!event.target.closest('a[href^="#"]')) return;
      opener = null;
      dialog.close();
    });
  }

  // The download menu closes by Escape and by a click elsewhere.
  for (const menu of all("details.dropdown")) {
    const summary = menu.querySelector("summary");
    menu.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !menu.open) return;
      menu.open = false;
      summary.focus();
    });
    addEventListener("click", (event) => { if (!menu.contains(event.target)) menu.open = false; });
  }

  // What the theme writes into its buttons, the policy of the page does not let run there.
  const deeds = { "window.print()": () => print() };
  for (const button of all("[data-does]")) button.addEventListener("click", deeds[button.dataset.does]);

  // "Show code" opens the code of all cells, and is kept for the next page.
  const code = document.querySelector(".code-switch");
  const folded = all("details.code:not([open])");
  const showCode = (on) => {
    if (code) code.ariaPressed = String(on);
    for (const cell of folded) cell.open = on;
  };
  code?.addEventListener("click", () => {
    const on = code.ariaPressed !== "true";
    showCode(on);
    try { localStorage.setItem("lossbook-code", String(on)); } catch { /* for this page only */ }
  });
  try { if (code && localStorage.getItem("lossbook-code") === "true") showCode(true); } catch { /* closed */ }

  // Code can be copied; what it printed cannot. Without a secure connection browsers offer no clipboard.
  const offerCopies = (part) => {
    for (const code of navigator.clipboard ? part.querySelectorAll("div:not(.output) > div.highlight pre") : []) offerCopy(code);
  };
  const offerCopy = (code) => {
    const button = document.createElement("button");
    const icon = document.createElement("i");
    const show = (name, label) => {
      icon.className = `fa-solid ${name}`;
      button.title = label;
      button.setAttribute("aria-label", label);
    };
    button.type = "button";
    button.className = "copy-code";
    button.append(icon);
    show("fa-copy", "Copy code");
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(code.textContent.trimEnd());
      show("fa-check", "Copied");
      setTimeout(show, 2000, "fa-copy", "Copy code");
    });
    code.after(button);
  };
  offerCopies(document);

  // What is chosen among tabs is chosen wherever the same is offered, on all pages.
  const choose = (group, id) => {
    for (const label of all(`label[data-sync-group="${group}"]`)) if (label.dataset.syncId === id) label.control.checked = true;
  };
  const chosen = (group) => `sphinx-design-tab-id-${group}`;
  const chooseAgain = () => {
    for (const group of new Set(all("label[data-sync-group]").map(({ dataset }) => dataset.syncGroup))) {
      try { choose(group, localStorage.getItem(chosen(group))); } catch { /* closed */ }
    }
  };
  addEventListener("change", ({ target }) => {
    const { syncGroup, syncId } = /** @type {any} */ (target).labels?.[0]?.dataset ?? {};
    if (!syncId) return;
    choose(syncGroup, syncId);
    try { localStorage.setItem(chosen(syncGroup), syncId); } catch { /* for this page only */ }
    dispatchEvent(new Event("resize")); // what scrolls inside itself, and was hidden, becomes a stop of the keyboard
  });
  chooseAgain();
  // A link to what stands in a tab opens it.
  const openTab = () => {
    const target = document.getElementById(location.hash.slice(1));
    const label = /** @type {HTMLLabelElement | null | undefined} */ (target?.closest(".sd-tab-content")?.previousElementSibling);
    if (!label) return;
    /** @type {HTMLInputElement} */ (label.control).checked = true;
    target?.scrollIntoView();
  };
  addEventListener("hashchange", openTab);
  openTab();

  // The calls of other libraries come when their box is opened (calls.js; the build defines CALLS_SCRIPT).
  addEventListener("added", ({ target }) => {
    offerCopies(target);
    chooseAgain();
    dispatchEvent(new Event("resize"));
  });
  const { src } = /** @type {HTMLScriptElement} */ (document.currentScript);
  for (const box of all("details.calls")) {
    box.addEventListener("toggle", async () => { if (box.open) (await import(new URL(CALLS_SCRIPT, src).href)).fill(box); });
  }

  // So can a formula, as LaTeX, which a page fetches for the first one (book/_ext/site/formulas.py).
  const { tex } = document.querySelector("article")?.dataset ?? {};
  let written;
  for (const [i, formula] of (tex && navigator.clipboard ? all("div.math") : []).entries()) {
    const button = document.createElement("button");
    const say = (words) => { button.textContent = words; };
    Object.assign(button, { type: "button", className: "copy-tex", title: "Copy this formula as LaTeX" });
    say("TeX");
    button.addEventListener("click", async () => {
      try {
        written ??= fetch(/** @type {string} */ (tex)).then((reply) => reply.json());
        await navigator.clipboard.writeText((await written)[i]);
        say("Copied");
      } catch {
        written = undefined;
        say("Not copied");
      }
      setTimeout(say, 2000, "TeX");
    });
    formula.append(button); // last, or browsers style all of the formula again
  }

  // The colour mode button says which mode is on.
  const sayMode = () => {
    const name = { light: "light", dark: "dark", auto: "as the system" }[document.documentElement.dataset.mode];
    for (const button of all(".theme-switch-button")) {
      button.title = `Colour mode: ${name}`;
      button.setAttribute("aria-label", button.title);
    }
  };
  new MutationObserver(sayMode).observe(document.documentElement, { attributeFilter: ["data-mode"] });
  sayMode();

  // A term's definition, which a browser shows as a title to a mouse only, comes with the focus too.
  // It stays while the pointer is on it, and goes with Escape, as the menu does: Sphinx
  // takes that key from the browser.
  const definition = document.createElement("div");
  Object.assign(definition, { id: "term-definition", popover: "manual", role: "tooltip" });
  document.querySelector("main")?.append(definition);
  let leaving;
  /** @type {HTMLElement | null} */
  let asked = null;
  const stay = () => clearTimeout(leaving);
  const hide = () => {
    asked = null;
    if (definition.matches(":popover-open")) definition.hidePopover();
  };
  const leave = () => { leaving = setTimeout(hide, 200); };
  definition.addEventListener("pointerenter", stay);
  definition.addEventListener("pointerleave", leave);
  addEventListener("keydown", (event) => {
    if (event.key === "Escape") for (const open of all(":popover-open")) open.hidePopover();
  });
  const place = () => {
    if (!asked || !definition.matches(":popover-open")) return;
    const { left, top, bottom } = asked.getBoundingClientRect();
    const { width, height } = definition.getBoundingClientRect();
    const below = bottom + height + 8 < innerHeight;
    definition.style.left = `${Math.max(8, Math.min(left, innerWidth - width - 8))}px`;
    definition.style.top = `${below ? bottom + 4 : top - height - 4}px`;
  };
  addEventListener("scroll", place); // a term that gets the focus may have to come into view first
  // All of them are in one file, which is fetched once a reader stirs (book/_ext/site/notes.py).
  const { terms } = document.querySelector("article")?.dataset ?? {};
  let definitions;
  const known = () => definitions ??= fetch(/** @type {string} */ (terms)).then((reply) => reply.json()).catch(() => {
    definitions = undefined;
    return {};
  });
  if (terms) for (const sign of ["pointermove", "touchstart", "keydown"]) addEventListener(sign, known, { once: true, passive: true });
  for (const term of all("a.term")) {
    const show = async () => {
      stay();
      asked = term;
      const text = (await known())[term.hash.slice(1)];
      if (!text || asked !== term) return;
      definition.textContent = text;
      definition.showPopover();
      place();
    };
    term.setAttribute("aria-describedby", "term-definition");
    for (const event of ["pointerenter", "focus"]) term.addEventListener(event, () => { hide(); show(); });
    for (const event of ["pointerleave", "blur"]) term.addEventListener(event, leave);
  }

  // From the disk a browser loads no modules: say what works, and how to get the rest.
  if (location.protocol === "file:") {
    const note = document.createElement("p");
    note.className = "from-disk";
    note.textContent = "This page was opened from the disk: text, figures and recordings work. For the rest (figures that move, quizzes that answer), run python -m http.server in its top folder and open http://localhost:8000.";
    document.querySelector("article")?.prepend(note);
  }

  // The rail marks the section that is read: the last whose heading has come up to where a link would lead. At the end of
  // a page it may be the one that a link led to, for those there cannot come so far up.
  const rail = all("#pst-page-toc-nav a[href^='#']");
  const mark = () => {
    const root = document.documentElement;
    const line = 1.2 * parseFloat(getComputedStyle(root).scrollPaddingTop);
    const isEnd = scrollY + innerHeight > root.scrollHeight - 2;
    const here = rail.find(({ hash }) => isEnd && hash === location.hash)
      ?? rail.findLast(({ hash }) => /** @type {Element} */ (document.getElementById(hash.slice(1))).getBoundingClientRect().top < line);
    for (const link of rail) link.ariaCurrent = link === here ? "true" : null;
  };
  for (const event of ["scroll", "resize", "hashchange"]) addEventListener(event, mark);

  // What scrolls inside itself must be reached by the keyboard. All is read before anything is written, and
  // only what changes: a write before a read lets the browser lay out the whole page once more.
  const stops = () => {
    const boxes = all("pre, .cell_output > .output, .pst-scrollable-table-container, .katex-display").filter((box) => box.checkVisibility());
    const scrolls = boxes.map((box) => box.scrollWidth > box.clientWidth || (box.scrollHeight > box.clientHeight && !box.matches(".katex-display")));
    for (const [at, box] of boxes.entries()) {
      const stop = scrolls[at] ? 0 : -1;
      if (box.tabIndex !== stop) box.tabIndex = stop;
    }
  };
  let waiting = 0;
  const soon = () => {
    clearTimeout(waiting);
    waiting = setTimeout(stops, 300);
  };
  addEventListener("resize", soon);
  addEventListener("load", () => requestAnimationFrame(() => setTimeout(() => { mark(); stops(); }))); // shown first: what is measured must be laid out
  for (const kind of ["click", "toggle"]) addEventListener(kind, () => setTimeout(stops), true); // a tab or a box opened
  const main = document.querySelector("main");
  if (main) new MutationObserver(soon).observe(main, { subtree: true, childList: true }); // code was run
}
