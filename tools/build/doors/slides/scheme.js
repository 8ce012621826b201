// Light or dark, before anything is drawn: as the reader chose on the site, or as the system has it.
(({ dataset }, mode) => {
  dataset.theme = mode === "light" || mode === "dark" ? mode : matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
})(document.documentElement, localStorage.getItem("mode"));
