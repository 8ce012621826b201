// Where a reader was and what is due, as the browser keeps it: at the top of the menu, and at the doors of the first page.
// A chapter or a lesson to watch writes its place under a key of its own when it is left. What is read is looked up in the
// menu, or counted; nothing else of it is used but text.
{
  const [PLACE, PROGRESS] = ["lossbook-place", "lossbook.progress"];
  const VERSION = 2; // of the progress, as lossbook/study/store.js has it; of a newer one nothing is read
  const chapter = document.querySelector(".title .kicker, .lesson");
  const menu = document.querySelector(".menu");
  /** @type {NodeListOf<HTMLAnchorElement>} */
  const links = document.querySelectorAll(".menu nav a");
  const name = (link) => link.pathname.replace(/^.*\/|\.html$/g, "");
  const kept = (key) => {
    try { return JSON.parse(localStorage.getItem(key) ?? "{}") ?? {}; } catch { return {}; } // nothing kept, or damaged
  };

  if (chapter) {
    addEventListener("pagehide", () => {
      const headings = [...document.querySelectorAll("article h2")];
      const last = headings.findLast((heading) => heading.getBoundingClientRect().top < innerHeight / 2);
      const place = { chapter: name(location), part: last?.closest("section")?.id ?? "", title: last?.firstChild?.textContent ?? "" };
      try { localStorage.setItem(PLACE, JSON.stringify(place)); } catch { /* the door says "Begin" */ }
    });
  }

  /** Where to continue: the link to the chapter, its address with the part, and what the part is called. */
  const place = () => {
    const { chapter: last, part, title } = kept(PLACE);
    const link = [...links].find((each) => name(each) === last);
    return link && { link, href: link.href + (part ? `#${encodeURIComponent(part)}` : ""), title, last };
  };

  /** How many questions and cards are due before midnight, and whether there are any. */
  const due = () => {
    const { version, questions, cards } = kept(PROGRESS);
    const entries = version > VERSION ? [] : [questions, cards].flatMap((part) => Object.values(part ?? {}));
    const midnight = new Date().setHours(24, 0, 0, 0);
    return { known: entries.length > 0, count: entries.filter((entry) => entry?.due < midnight).length };
  };
  const said = (count) => `${count} due today`;

  for (const [kind, tell] of /** @type {[string, (door: HTMLAnchorElement, what: Element, title: Element, curve: Element | null) => void][]} */ ([
    ["begin", (door, what, title, curve) => {
      const found = place();
      if (!found) return;
      door.href = found.href;
      what.textContent = `Continue where you were${found.title ? `: ${found.title}` : ""}`;
      title.textContent = found.link.textContent.trim();
      const drawn = `curve-${found.last.replace(/_lesson$/, "")}`;
      if (document.getElementById(drawn)) curve?.setAttribute("href", `#${drawn}`);
    }],
    ["test", (door, what, title, curve) => {
      const { known, count } = due();
      if (!known) return;
      door.href = "today.html";
      title.textContent = count ? said(count) : "Nothing due today";
      what.textContent = count ? "Questions and cards come back when you are about to forget them" : "Your practice, and something new";
      curve?.setAttribute("href", "#curve-mnemonics");
    }],
  ])) {
    const door = /** @type {HTMLAnchorElement | null} */ (document.querySelector(`[data-door=${kind}]`));
    if (door) tell(door, door.querySelectorAll("small")[0], door.querySelectorAll("b")[0], door.querySelector("use"));
  }

  // Looked up when the menu opens, so that no page waits for it.
  const today = /** @type {HTMLAnchorElement | null | undefined} */ (menu?.querySelector("a[href$='today.html']"));
  const ways = document.createElement("ul");
  ways.className = "nav ways";
  menu?.addEventListener("beforetoggle", () => {
    ways.replaceChildren();
    const way = (href, words) => {
      const item = ways.appendChild(document.createElement("li"));
      item.append(Object.assign(document.createElement("a"), { className: "reference internal", href, textContent: words }));
    };
    const [found, { known, count }] = [place(), due()];
    if (found) way(found.href, `Continue: ${found.title || found.link.textContent.trim()}`);
    if (known && today) way(today.href, count ? said(count) : "Nothing due today");
    if (ways.firstChild) menu.prepend(ways);
  });
}
