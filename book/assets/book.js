// Mends of the theme's behaviour. Runs after the theme's scripts, in one function with
// them (book/_ext/slim.py).
{
  const all = (selector) => [...document.querySelectorAll(selector)];

  // A dialog has a name, and gives the focus back to the button that opened it. (The theme
  // takes the focus off that button first.) A choice in the contents drawer closes it.
  const names = {
    "pst-search-dialog": "Search",
    "pst-primary-sidebar-modal": "Site navigation",
    "pst-secondary-sidebar-modal": "On this page",
  };
  let opener = null;
  addEventListener("click", (event) => {
    opener = event.target.closest(".search-button__button, .sidebar-toggle") ?? opener;
  }, true);
  for (const dialog of all("dialog")) {
    dialog.setAttribute("aria-label", names[dialog.id]);
    dialog.addEventListener("close", () => {
      const { activeElement } = document;
      if (activeElement === document.body || !activeElement.checkVisibility()) opener?.focus();
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
  const deeds = { "window.print()": () => print(), "toggleFullScreen()": () => window.toggleFullScreen() };
  for (const button of all("[data-does]")) button.addEventListener("click", deeds[button.dataset.does]);

  // Code can be copied; what it printed cannot. Without a secure connection browsers offer no clipboard.
  for (const code of navigator.clipboard ? all("div:not(.output) > div.highlight pre") : []) {
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
  }

  // Code can be run where it stands, and a chapter as a notebook. What does it is loaded when a reader first asks.
  const live = "../live/live.js"; // the build puts the name of that script here, or nothing
  const repository = ""; // and here the address of the repository, where it is known
  const page = location.pathname.split("/").at(-1).replace(/(\.html)?$/, "");
  const source = document.querySelector('a[href$=".ipynb"][download]');
  if (live && source) {
    for (const code of all(".cell > .cell_input pre")) {
      const button = document.createElement("button");
      Object.assign(button, { type: "button", className: "run-code", textContent: "Run", title: "Run this code here, and change it" });
      button.addEventListener("click", async () => {
        button.textContent = "Loading …";
        try {
          const { cellOf } = await import(live);
          cellOf(code).run();
        } catch {
          button.textContent = "Not loaded: try again";
        }
      });
      code.after(button);
    }
    if (localStorage.getItem(`cells:${page}`)) import(live).then(({ restore }) => restore());
    const menu = source.closest("details");
    const run = source.cloneNode();
    const play = menu.querySelector("i").cloneNode();
    const lead = (link, address, title) => {
      link.removeAttribute("download");
      Object.assign(link, { href: new URL(address, location), title });
      return link;
    };
    play.className = "fas fa-play";
    run.className = "btn btn-sm run-chapter";
    run.append(play);
    run.setAttribute("aria-label", "Run this chapter");
    menu.before(lead(run, `../lite/open.html?path=${page}.ipynb`, "Run this chapter in your browser"));
    const github = repository.match(/^https:\/\/github\.com\/(.+)$/)?.[1];
    const others = { "My notebooks": ["../lite/open.html", "Notebooks that you changed, kept in this browser"] };
    if (github) {
      others.Binder = [`https://mybinder.org/v2/gh/${github}/HEAD?urlpath=lab/tree/book/${page}.ipynb`, "Run it on a free server, which may take minutes to start"];
      others.Colab = [`https://colab.research.google.com/github/${github}/blob/colab/${page}.ipynb`, "Run it at Google, with an account"];
    }
    for (const [name, [address, title]] of Object.entries(others)) {
      const entry = source.closest("li").cloneNode(true);
      lead(entry.querySelector("a"), address, title).querySelector("i").className = "fas fa-play";
      entry.querySelector(".btn__text-container").textContent = name;
      source.closest("ul").append(entry);
    }
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
  // It stays while the pointer is on it, and goes with Escape.
  const definition = document.createElement("div");
  Object.assign(definition, { id: "term-definition", popover: "manual", role: "tooltip" });
  document.querySelector("main")?.append(definition);
  let leaving;
  const stay = () => clearTimeout(leaving);
  const hide = () => definition.matches(":popover-open") && definition.hidePopover();
  const leave = () => { leaving = setTimeout(hide, 200); };
  definition.addEventListener("pointerenter", stay);
  definition.addEventListener("pointerleave", leave);
  addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });
  addEventListener("scroll", hide);
  for (const term of all('a[href*="glossary.html#"][title]')) {
    const text = term.title;
    const show = () => {
      stay();
      definition.textContent = text;
      definition.showPopover();
      const { left, top, bottom } = term.getBoundingClientRect();
      const { width, height } = definition.getBoundingClientRect();
      const below = bottom + height + 8 < innerHeight;
      definition.style.left = `${Math.max(8, Math.min(left, innerWidth - width - 8))}px`;
      definition.style.top = `${below ? bottom + 4 : top - height - 4}px`;
    };
    term.removeAttribute("title");
    term.classList.add("term");
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

  // Wide formulas scroll inside themselves, so the keyboard must reach them. (The theme does this for code.)
  const stops = () => {
    for (const formula of all(".katex-display")) formula.tabIndex = formula.scrollWidth > formula.clientWidth ? 0 : -1;
  };
  addEventListener("load", stops);
  addEventListener("resize", stops);
  addEventListener("click", () => setTimeout(stops)); // a tab or an admonition opened

  // A formula stands three times in a page: as MathML, as TeX and as drawn. Search results show it once.
  if (typeof Search !== "undefined") {
    const toText = Search.htmlToText;
    Search.htmlToText = (html, anchor) => {
      const page = new DOMParser().parseFromString(html, "text/html");
      page.querySelectorAll(".katex-html, annotation").forEach((copy) => copy.remove());
      return toText(page.documentElement.outerHTML, anchor);
    };
  }
}
