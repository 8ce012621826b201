// A chapter links to pages that are no notebooks: the glossary, the references. JupyterLite
// would show their text, so such a link opens the page of the book in a tab of its own.

/** The address of a book's page, for the link to its source; undefined for other links. */
export function pageOf(href) {
  const [, site, name, anchor = ""] = href.match(/^(.*\/)lite\/files\/(\w+)\.md(#.*)?$/) ?? [];
  return name && `${site}book/${name}.html${anchor}`;
}

globalThis.document?.addEventListener("click", (event) => {
  const page = pageOf(/** @type {any} */ (event.target)?.closest?.("a[href]")?.href ?? "");
  if (!page) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  open(page, "_blank", "noopener");
}, { capture: true });
