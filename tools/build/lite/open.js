// The way into JupyterLite: open.html?path=hinge.ipynb opens that chapter, ?assignment=hinge the
// notebook that an instructor put beside the site, and without either it lists the copies that are
// kept in this browser. JupyterLite keeps what a learner changed and shows it for ever; here one learns
// that there is a newer edition, and decides. Nothing is ever replaced: a chapter's copy goes aside under
// a new name, and of an assignment it is the fresh copy that gets one. So does a file that one opens.

const NAME = "lossbook"; // of the database, in settings.json
const STORE = "files"; // as JupyterLite calls it
const ASSIGNMENT = "_assignment.ipynb"; // as releases end (classroom/course.py)
const KERNEL = { name: "python", display_name: "Python (Pyodide)", language: "python" };
const LARGEST = 100 * 2 ** 20; // bytes of a file, as for collecting

/** The answer of a request to the database. */
const answer = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

/** The database in which JupyterLite keeps copies, or null while there is none. */
export async function database(name = NAME) {
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
export function nameBeside(path, taken, what = "my copy") {
  const stem = path.replace(/\.ipynb$/, "");
  for (let i = 1; ; i += 1) {
    const name = `${stem}, ${what}${i > 1 ? ` ${i}` : ""}.ipynb`;
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

/** The edition that a copy was made from; undefined for a notebook from elsewhere. */
const editionOf = (kept) => notebook(kept)?.metadata?.lossbook?.edition;

/** Whether a copy is not of the edition that the site has now. */
export function isStale(kept, edition) {
  return editionOf(kept) !== edition;
}

/** The name of the notebook that an address asks for, or null. */
export function asked(parameters) {
  const assignment = parameters.get("assignment");
  return assignment === null ? parameters.get("path") : `${assignment}${ASSIGNMENT}`;
}

/** What a file holds, if it is a notebook; null if not. What its cells showed is left out, as nobody vouches for it. */
export function read(text) {
  let content;
  try {
    content = JSON.parse(text);
  } catch {
    return null;
  }
  if (content?.nbformat !== 4 || !Array.isArray(content.cells) || !content.cells.every((cell) => cell && typeof cell === "object")) return null;
  const { lossbook = {} } = content.metadata ?? {};
  const cells = content.cells.map((cell) => {
    const { trusted, ...metadata } = cell.metadata ?? {};
    return { ...cell, metadata, ...(cell.cell_type === "code" ? { outputs: [], execution_count: null } : {}) };
  });
  return { ...content, cells, metadata: { kernelspec: KERNEL, lossbook } };
}

/** Keeps a notebook under a name that nothing has, as JupyterLite would. */
async function keep(db, name, content) {
  const now = new Date().toISOString();
  const entry = { name, path: name, created: now, last_modified: now, format: "json", mimetype: "application/json", content, size: JSON.stringify(content).length, writable: true, type: "notebook" };
  await answer(db.transaction(STORE, "readwrite").objectStore(STORE).add(entry, name));
  return name;
}

/** Asks the site, and never takes what the browser kept of an earlier edition without asking. */
const ask = (address) => fetch(address, { cache: "no-cache" });

/** A notebook as the site has it. */
async function given(path) {
  const response = await ask(`files/${encodeURIComponent(path)}`);
  if (!response.ok) throw new Error(`the site did not give it (${response.status})`);
  return response.json();
}

/** Keeps an assignment before anything is written in it: from then on no connection is needed. */
async function begin(path) {
  const content = await given(path);
  const db = await madeDatabase();
  await keep(db, path, content);
  db.close();
}

/** Keeps the site's notebook once more, beside what one has written in it. */
async function keepFresh(db, path) {
  return keep(db, nameBeside(path, await names(db), "fresh copy"), await given(path));
}

/** The database, made if JupyterLite has not yet. */
async function madeDatabase() {
  const found = await database();
  if (found) return found;
  const known = (await indexedDB.databases()).find((entry) => entry.name === NAME);
  const request = indexedDB.open(NAME, (known?.version ?? 0) + 1);
  request.onupgradeneeded = () => request.result.createObjectStore(STORE);
  return answer(request);
}

const place = (path) => `notebooks/index.html?path=${encodeURIComponent(path)}`;

function button(parent, text, press) {
  const node = document.createElement("button");
  node.type = "button";
  node.textContent = text;
  node.addEventListener("click", press);
  parent.append(node);
}

/** Lets one open a notebook from this device, without ever replacing another. */
function offerFile(say, editions) {
  const field = /** @type {HTMLInputElement} */ (document.querySelector("#file"));
  /** @type {any} */ (field.closest("p")).hidden = false;
  field.addEventListener("change", async () => {
    const file = field.files?.[0];
    if (!file) return;
    const content = file.size <= LARGEST ? read(await file.text()) : null;
    if (!content) {
      say.textContent = `"${file.name}" is not a notebook. Choose the file that ends in .ipynb, as you were given it.`;
      return;
    }
    try {
      const db = await madeDatabase();
      const taken = [...await names(db), ...Object.keys(editions)];
      const name = `${file.name.replace(/\.ipynb$/i, "").replaceAll(/[/\\]/g, " ")}.ipynb`;
      const free = taken.includes(name) ? nameBeside(name, taken) : name;
      location.assign(place(await keep(db, free, content)));
    } catch (error) {
      say.textContent = `This browser could not keep it (${/** @type {any} */ (error).message}). In a private window nothing can be kept.`;
    }
  });
}

/** Asks what is to become of a copy that is not of the edition that the site has. */
function choose(say, db, path, kept) {
  const choices = document.querySelector("#choices");
  const go = (name) => location.assign(place(name));
  if (path.endsWith(ASSIGNMENT)) {
    say.textContent = "This assignment has changed since you began. Your copy, with what you wrote, is still in this browser.";
    button(choices, "Go on with my copy", () => go(path));
    button(choices, "Open a fresh copy beside it", async () => go(await keepFresh(db, path)));
    return;
  }
  const isMine = editionOf(kept) === undefined;
  say.textContent = isMine
    ? "A notebook of yours has the name of this chapter, and stands in its place."
    : "This chapter has changed since you began. Your copy, with what you wrote, is still in this browser.";
  button(choices, isMine ? "Open my notebook" : "Go on with my copy", () => go(path));
  button(choices, isMine ? "Open the chapter, and keep my notebook beside it" : "Open the new chapter, and keep my copy beside it", async () => {
    await setAside(db, path);
    go(path);
  });
}

/** Lists the copies that are kept in this browser. */
async function list(say, db, editions) {
  const kept = db ? await names(db) : [];
  say.textContent = kept.length ? "What you changed is kept in this browser:" : "Nothing is kept in this browser yet. What you change will be.";
  for (const name of kept.sort()) {
    const entry = document.createElement("li");
    const link = document.createElement("a");
    Object.assign(link, { href: place(name), textContent: name });
    entry.append(link);
    if (Object.hasOwn(editions, name) && name.endsWith(ASSIGNMENT)) {
      button(entry, "Open a fresh copy beside it", async () => location.assign(place(await keepFresh(db, name))));
    } else if (Object.hasOwn(editions, name)) {
      button(entry, "Start afresh, and keep this copy", async () => {
        const beside = await setAside(db, name);
        entry.textContent = `${name}: your copy is now "${beside}".`;
      });
    }
    document.querySelector("#copies")?.append(entry);
  }
}

/** @param {Element} say  Where it says how things stand. */
async function main(say) {
  const parameters = new URLSearchParams(location.search);
  const path = asked(parameters);
  const editions = await (await ask("editions.json")).json();
  const db = await database().catch(() => null); // private windows have none
  if (!path) {
    offerFile(say, editions);
    await list(say, db, editions);
  } else if (!Object.hasOwn(editions, path)) {
    const assignment = parameters.get("assignment");
    say.textContent = assignment === null
      ? `This book has no chapter "${path}".`
      : `This site has no assignment "${assignment}". If you were given it as a file, open that here.`;
    offerFile(say, editions);
  } else {
    const kept = db && await copy(db, path);
    if (kept && isStale(kept, editions[path])) choose(say, db, path, kept);
    else {
      if (!kept && path.endsWith(ASSIGNMENT)) await begin(path).catch(() => {}); // or JupyterLab asks the site for it
      location.replace(place(path));
    }
  }
}

const say = globalThis.document?.querySelector("#say");
if (say) main(say).catch((error) => { say.textContent = `This page could not be loaded whole (${error.message}). Load it again.`; });
