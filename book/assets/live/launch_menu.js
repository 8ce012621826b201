// Where a chapter runs as a notebook: JupyterLite on this site; Binder and Colab where the repository is on GitHub.
// The build (book/_ext/site/theme.py) defines LIVE_SCRIPT, which is empty where the site has no Python, and REPOSITORY, its address.
{
  /** @type {HTMLAnchorElement | null} */
  const notebook = document.querySelector('a[href$=".ipynb"][download]');
  const menu = notebook?.closest("details");
  if (LIVE_SCRIPT && notebook && menu) {
    const page = location.pathname.replace(/^.*\/|\.html$/g, "");
    const lead = (link, address, title) => {
      link.removeAttribute("download");
      Object.assign(link, { href: new URL(address, location.href), title });
      return link;
    };
    const run = /** @type {HTMLAnchorElement} */ (notebook.cloneNode());
    const sign = document.createElement("i");
    sign.setAttribute("aria-hidden", "true");
    sign.className = "fas fa-terminal"; // no triangle, which plays a recording
    run.className = "btn btn-sm run-chapter";
    run.append(sign);
    run.setAttribute("aria-label", "Run this chapter");
    menu.before(lead(run, `../lite/open.html?path=${page}.ipynb`, "Run this chapter in your browser"));
    const others = { "My notebooks": ["../lite/open.html", "Notebooks that you changed, kept in this browser"] };
    const github = REPOSITORY.match(/^https:\/\/github\.com\/(.+)$/)?.[1];
    if (github) {
      others.Binder = [`https://mybinder.org/v2/gh/${github}/HEAD?urlpath=lab/tree/book/${page}.ipynb`, "Run it on a free server, which may take minutes to start"];
      others.Colab = [`https://colab.research.google.com/github/${github}/blob/colab/${page}.ipynb`, "Run it at Google, with an account"];
    }
    for (const [name, [address, title]] of Object.entries(others)) {
      const entry = /** @type {any} */ (notebook.closest("li")?.cloneNode(true));
      lead(entry.querySelector("a"), address, title).querySelector("i").className = "fas fa-terminal";
      entry.querySelector(".btn__text-container").textContent = name;
      notebook.closest("ul")?.append(entry);
    }
  }
}
