// The fields in which a reader searches. What finds (search.js, with all that the book says) is loaded at the first
// letter. The build (book/_ext/site/search.py) defines SEARCH_SCRIPT: its name beside this script.
{
  const own = /** @type {HTMLScriptElement} */ (document.currentScript);
  const address = new URL(SEARCH_SCRIPT, own.src).href;
  let loading;
  // By a tag, since from the disk a browser loads scripts, but no modules.
  const load = () => loading ??= new Promise((done, fail) => {
    const script = document.createElement("script");
    script.src = address;
    script.onload = done;
    script.onerror = () => {
      loading = undefined;
      script.remove();
      fail();
    };
    document.head.append(script);
  });

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
