// Shows what the search finds while a reader types. The build defines SECTIONS (book/_ext/site/search.py).
import style from "./search.css";
import { excerpt, finder, words } from "./finding.js";

const AT_ONCE = { dialog: 8, page: 40 }; // results
const top = new URL("../", /** @type {HTMLScriptElement} */ (document.currentScript).src);
const find = finder(SECTIONS);

const sheet = new CSSStyleSheet();
sheet.replaceSync(style);
document.adoptedStyleSheets.push(sheet);

/** An element with a class and what is in it; text stays text. */
function element(tag, name, ...content) {
  const made = document.createElement(tag);
  made.className = name;
  made.append(...content);
  return made;
}

/** A result as an item of the list. */
function item({ title, page, address, text, terms }) {
  const link = /** @type {HTMLAnchorElement} */ (element("a", "search-title", title));
  link.href = new URL(address, top).href;
  // The page marks these words, as Sphinx's own search would have it do.
  link.addEventListener("click", () => localStorage.setItem("sphinx_highlight_terms", terms.join(" ")));
  const place = page === title ? [] : [" ", element("span", "search-place", page)];
  const said = excerpt(text, terms).map((part, i) => i % 2 ? element("mark", "", part) : part);
  return element("li", "", link, ...place, element("p", "context", ...said));
}

/** What the list shows, in words. */
function summary(query, { found, all }, shown) {
  if (!query) return "";
  if (!found.length) return `Nothing found for “${query}”.`;
  const count = found.length === 1 ? "1 place" : `${found.length} places`;
  const which = shown < found.length ? `${count}, the first ${shown} shown.` : `${count}.`;
  return all ? which : `No place has all of these words. With some of them: ${which}`;
}

/** @returns {HTMLInputElement} */
const field = (form) => form.elements.namedItem("q");
let saying;

/** Show what is found for what stands in a form. */
window.lossbookSearch = (form) => {
  const query = field(form).value.trim();
  const [status, list] = [".search-summary", ".search-results"].map((part) => /** @type {HTMLElement} */ (form.parentElement?.querySelector(part)));
  const result = words(query).length ? find(query) : { found: [], all: true };
  const shown = result.found.slice(0, form.closest("dialog") ? AT_ONCE.dialog : AT_ONCE.page);
  list.replaceChildren(...shown.map(item));
  // Said once, when the reader has stopped typing.
  clearTimeout(saying);
  saying = setTimeout(() => { status.textContent = summary(query, result, shown.length); }, 300);
  if (!form.closest("dialog")) history.replaceState(null, "", query ? `?${new URLSearchParams({ q: query })}` : location.pathname);
};

// The arrow keys go from the field to the results and back.
addEventListener("keydown", (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const here = document.activeElement;
  const form = step && here?.closest("form.bd-search, .search-results")?.parentElement?.querySelector("form.bd-search");
  if (!form) return;
  const stops = [field(form), .../** @type {NodeListOf<HTMLElement>} */ (form.parentElement.querySelectorAll(".search-title"))];
  const next = stops[stops.findIndex((stop) => stop === here) + step];
  if (!next) return;
  event.preventDefault();
  next.focus();
});
