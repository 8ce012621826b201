// Where a reader was, kept in the browser under a key of its own: a chapter writes it when it is left, the first page
// offers it at its first door. What is read is looked up among the chapters of the page; nothing else of it is used but text.
{
  const KEY = "lossbook-place";
  const chapter = document.querySelector(".path [aria-current=page]");
  /** @type {HTMLAnchorElement | null} */
  const door = document.querySelector("[data-door=begin]");
  const name = (link) => link.pathname.replace(/^.*\/|\.html$/g, "");

  if (chapter) {
    addEventListener("pagehide", () => {
      const headings = [...document.querySelectorAll("article h2")];
      const last = headings.findLast((heading) => heading.getBoundingClientRect().top < innerHeight / 2);
      const place = { chapter: name(location), part: last?.closest("section")?.id ?? "", title: last?.firstChild?.textContent ?? "" };
      try { localStorage.setItem(KEY, JSON.stringify(place)); } catch { /* the door says "Begin" */ }
    });
  }
  if (door) {
    try {
      const place = JSON.parse(localStorage.getItem(KEY) ?? "{}");
      /** @type {NodeListOf<HTMLAnchorElement>} */
      const links = document.querySelectorAll(".path a");
      const found = [...links].find((link) => name(link) === place.chapter);
      if (found) {
        const [what, title] = door.querySelectorAll("small, b");
        door.href = found.href + (place.part ? `#${encodeURIComponent(place.part)}` : "");
        what.textContent = `Continue where you were${place.title ? `: ${place.title}` : ""}`;
        title.textContent = found.title.replace(/^\d+\. /, "");
        door.querySelector("use")?.setAttribute("href", `#curve-${place.chapter}`);
      }
    } catch { /* nothing kept, or damaged */ }
  }
}
