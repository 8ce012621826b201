// The way into JupyterLite: open.html?path=hinge.ipynb opens that chapter, and without a
// path lists the copies that are kept in this browser. JupyterLite keeps what a learner
// changed and shows it for ever; here one learns that the book has a newer edition, and
// decides: nothing is replaced without asking, and a replaced copy stays under a new name.

const STORE = "files"; // as JupyterLite calls it, in a database of the name in settings.json

/** The answer of a request to the database. */
const answer = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

/** The database in which JupyterLite keeps copies, or null while there is none. */
export async function database(name = "lossbook") {
  const known = await indexedDB.databases();
  if (!known.some((entry) => entry.name === name)) return null;
  const found = await answer(indexedDB.open(name));
  if (found.objectStoreNames.contains(STORE)) return found;
  found.close();
  return null;
}

/** The copy of a notebook, as JupyterLite keeps it, or undefined. */
export const copy = (db, path) => answer(db.transaction(STORE).objectStore(STORE).get(path));

/** The names of all copies. */
export const names = (db) => answer(db.transaction(STORE).objectStore(STORE).getAllKeys());

/** A name beside that of the notebook, not taken yet: "hinge, my copy 2.ipynb". */
export function nameBeside(path, taken) {
  const stem = path.replace(/\.ipynb$/, "");
  for (let i = 1; ; i += 1) {
    const name = `${stem}, my copy${i > 1 ? ` ${i}` : ""}.ipynb`;
    if (!taken.includes(name)) return name;
  }
}

/** Keeps the copy under a new name, so that the chapter of the book shows again. */
export async function setAside(db, path) {
  const name = nameBeside(path, await names(db));
  const store = db.transaction(STORE, "readwrite").objectStore(STORE);
  const kept = await answer(store.get(path));
  await answer(store.put({ ...kept, name, path: name }, name));
  await answer(store.delete(path));
  return name;
}

/** The notebook in a copy: kept whole, or as text, in base64 if it was uploaded; or null. */
function notebook({ content, format }) {
  if (typeof content !== "string") return content;
  try {
    if (format !== "base64") return JSON.parse(content);
    const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return null; // anything may be uploaded under the name of a chapter
  }
}

/** Whether a copy is not of the edition of the chapter that the site has now. */
export function isStale(kept, edition) {
  return notebook(kept)?.metadata?.lossbook?.edition !== edition;
}

const place = (path) => `notebooks/index.html?path=${encodeURIComponent(path)}`;

function button(parent, text, press) {
  const node = document.createElement("button");
  node.type = "button";
  node.textContent = text;
  node.addEventListener("click", press);
  parent.append(node);
}

/** @param {Element} say  Where it says how things stand. */
async function main(say) {
  const path = new URLSearchParams(location.search).get("path");
  const editions = await (await fetch("editions.json")).json();
  const db = await database().catch(() => null); // private windows have none
  if (path && !Object.hasOwn(editions, path)) {
    say.textContent = `This book has no chapter "${path}".`;
    return;
  }
  if (path) {
    const kept = db && await copy(db, path);
    if (!kept || !isStale(kept, editions[path])) {
      location.replace(place(path));
      return;
    }
    say.textContent = "This chapter has changed since you began. Your copy, with what you wrote, is still in this browser.";
    const choices = document.querySelector("#choices");
    button(choices, "Go on with my copy", () => location.assign(place(path)));
    button(choices, "Open the new chapter, and keep my copy beside it", async () => {
      await setAside(db, path);
      location.assign(place(path));
    });
    return;
  }
  const kept = db ? await names(db) : [];
  say.textContent = kept.length ? "What you changed is kept in this browser:" : "Nothing is kept in this browser yet. What you change will be.";
  for (const name of kept.sort()) {
    const entry = document.createElement("li");
    const link = document.createElement("a");
    Object.assign(link, { href: place(name), textContent: name });
    entry.append(link);
    if (Object.hasOwn(editions, name)) {
      button(entry, "Start afresh, and keep this copy", async () => {
        const beside = await setAside(db, name);
        entry.textContent = `${name}: your copy is now "${beside}".`;
      });
    }
    document.querySelector("#copies")?.append(entry);
  }
}

const say = globalThis.document?.querySelector("#say");
if (say) main(say).catch((error) => { say.textContent = `This page could not be loaded whole (${error.message}). Load it again.`; });
