// What only scripts use of the frame: the contents of a page beside it, the sign of each heading that leads to it, the
// dialog of the search. Made here, for in the pages all of it would be fetched with every one. Runs before the theme's
// script, which looks for them.
{
  /** @param {string} name @param {Record<string, string>} about @param {(Node | string)[]} inside */
  const made = (name, about, ...inside) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(about)) element.setAttribute(key, value);
    element.append(...inside);
    return element;
  };

  /** A list of the sections in a section, and in each of them of those below. @param {Element} section */
  const contents = (section, depth = 2) => {
    const items = [...section.querySelectorAll(":scope > section[id], :scope > .atlas > .cards > section")].map((part) => {
      const words = part.querySelector(":scope > :is(h2, h3)")?.cloneNode(true).childNodes ?? [];
      const below = depth > 1 ? contents(part, depth - 1) : made("ul", {});
      const link = made("a", { class: "nav-link", href: `#${part.id}` }, ...words);
      return made("li", { class: "toc-entry" }, link, ...(below.firstChild ? [below] : []));
    });
    return made("ul", { class: "pst-show_toc_level nav section-nav flex-column" }, ...items);
  };

  const rail = document.querySelector("#pst-page-toc-nav:not(:has(ul))"); // the pages of the package have theirs
  const page = document.querySelector("article > section");
  if (rail && page) rail.append(contents(page));

  for (const heading of document.querySelectorAll("article :is(section > :is(h1, h2, h3, h4), dt[id])")) {
    const { id } = heading.id ? heading : /** @type {Element} */ (heading.parentElement);
    const title = `Link to this ${heading.id ? "definition" : "heading"}`;
    heading.append(made("a", { class: "headerlink", href: `#${id}`, title }, "#"));
  }

  const words = "Search this book";
  const off = { autocomplete: "off", autocorrect: "off", autocapitalize: "off", spellcheck: "false" };
  const field = made("input", { type: "search", class: "form-control", name: "q", placeholder: words, "aria-label": words, ...off });
  const keys = made("kbd", { class: "kbd-shortcut__modifier" }, "Ctrl");
  document.body.append(made("dialog", { id: "pst-search-dialog" },
    made("form", { class: "bd-search d-flex align-items-center", role: "search", action: `${document.documentElement.dataset.content_root}search.html` },
      made("i", { class: "fa-solid fa-magnifying-glass", "aria-hidden": "true" }),
      field,
      made("span", { class: "search-button__kbd-shortcut" }, keys, "+", made("kbd", {}, "K"))),
    made("p", { class: "search-summary", role: "status" }),
    made("ol", { class: "search-results" })));
}
