// The calls of other libraries in the box of a chapter: fetched from the page that has them when a reader opens it.

/** Below the links of a box what they lead to. If that cannot be fetched, there are the links. */
export async function fill(box) {
  if (box.dataset.filled) return;
  box.dataset.filled = "soon";
  box.querySelector("[role=status]")?.remove();
  const links = [...box.querySelectorAll("li a")];
  try {
    const reply = await fetch(links[0].pathname);
    if (!reply.ok) throw new Error(`${links[0].pathname} is missing`);
    const page = new DOMParser().parseFromString(await reply.text(), "text/html"); // a page of the site, as this one
    const found = links.map(({ hash }) => tabs(page, hash.slice(1)));
    links.forEach((link, i) => link.closest("li").append(found[i]));
  } catch (error) {
    console.error(error);
    delete box.dataset.filled; // to be tried again
    const said = Object.assign(document.createElement("p"), { textContent: "The calls could not be fetched. These links lead to them:" });
    said.setAttribute("role", "status");
    box.querySelector("summary").after(said);
    return;
  }
  box.dispatchEvent(new Event("added", { bubbles: true })); // to be copied, and to show the library that was chosen
}

/** The tabs in a section of the page, under names that this page has not. */
function tabs(page, section) {
  const made = document.importNode(page.getElementById(section).querySelector(".sd-tab-set"), true);
  for (const part of made.querySelectorAll("[id], [name], [for]")) {
    for (const name of ["id", "name", "for", "aria-controls"]) {
      if (part.hasAttribute(name)) part.setAttribute(name, `calls-${part.getAttribute(name)}`);
    }
  }
  return made;
}
