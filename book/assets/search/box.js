// The fields in which a reader searches. What finds (search.js, with all that the book says) is loaded at the first
// letter, and what marks the words on the page that was found when it opens. The build defines SEARCH_SCRIPT and
// MARKS_SCRIPT (book/_ext/site/theme.py): their names beside this script.
{
  const own = /** @type {HTMLScriptElement} */ (document.currentScript);
  const { src } = own;
  // By a tag, since from the disk a browser loads scripts, but no modules.
  const tag = (name) => Object.assign(document.createElement("script"), { src: new URL(name, src).href });
  let loading;
  const load = () => loading ??= new Promise((done, fail) => {
    const script = tag(SEARCH_SCRIPT);
    script.onload = done;
    script.onerror = () => {
      loading = undefined;
      script.remove();
      fail();
    };
    document.head.append(script);
  });

  let searched = new URLSearchParams(location.search).has("highlight");
  try { searched ||= localStorage.getItem("sphinx_highlight_terms") !== null; } catch { /* the browser keeps nothing */ }
  if (searched) document.head.append(tag(MARKS_SCRIPT));

  for (const form of /** @type {NodeListOf<HTMLFormElement>} */ (document.querySelectorAll("form.bd-search"))) {
    const field = /** @type {HTMLInputElement} */ (form.elements.namedItem("q"));
    const find = () => load().then(
      () => window.lossbookSearch(form),
      () => { form.nextElementSibling?.replaceChildren("The search could not be loaded. Type on to try again."); },
    );
    field.addEventListener("input", find);
    if (form.closest("dialog")) continue;
    field.value = new URLSearchParams(location.search).get("q") ?? "";
    field.focus();
    field.select();
    if (field.value) find();
  }
}
