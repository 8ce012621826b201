// The Run button of each cell, where the site has Python. What it does (live.js) is loaded when a reader first asks.
// The build (book/_ext/site/theme.py) defines LIVE_SCRIPT: where that script is, or nothing.
if (LIVE_SCRIPT && document.querySelector('a[href$=".ipynb"][download]')) {
  const live = LIVE_SCRIPT;
  const page = location.pathname.replace(/^.*\/|\.html$/g, "");
  for (const code of document.querySelectorAll(".cell > .cell_input pre")) {
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
}
