// What Sphinx's search page is told (html_search_scorer): what counts, and what a page says.

const asked = (new URLSearchParams(location.search).get("q") ?? "").trim().toLowerCase();

// A page whose title has the words comes first, the functions of the package after the
// pages that explain them. (`var`: Sphinx looks whether it is there.)
var Scorer = {
  score: ([, title, , , score]) => score + (title.toLowerCase().includes(asked) ? 10 : 0),
  objNameMatch: 12,
  objPartialMatch: 1,
  objPrio: { 0: -10, 1: -10, 2: -10 },
  objPrioDefault: -10,
  title: 15,
  partialTitle: 7,
  term: 5,
  partialTerm: 2,
};

// An excerpt shows the article, each formula once; Sphinx would begin with the menus above it.
document.addEventListener("DOMContentLoaded", () => {
  const left = ".headerlink, .katex-html, annotation, script, style";
  Search.htmlToText = (html, anchor) => {
    const article = new DOMParser().parseFromString(html, "text/html").querySelector("article");
    if (!article) return ""; // no page of the book: the host has answered something else
    for (const part of article.querySelectorAll(left)) part.remove();
    return ((anchor && article.querySelector(anchor)) || article).textContent;
  };
});
