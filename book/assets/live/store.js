// What a reader wrote into the cells of a page, kept in the browser: for each cell, by its
// id, the text that it had in the book and the text that it has now.

const key = (page) => `cells:${page}`;

/** The edits of a page; none where the browser keeps nothing. */
export function edits(page, storage = globalThis.localStorage) {
  try {
    return JSON.parse(storage.getItem(key(page)) ?? "{}");
  } catch {
    return {};
  }
}

/** Keeps the text of a cell, or forgets it where it is the book's own. */
export function keep(page, id, original, text, storage = globalThis.localStorage) {
  const all = edits(page, storage);
  if (text === original) delete all[id];
  else all[id] = { original, text };
  try {
    if (Object.keys(all).length) storage.setItem(key(page), JSON.stringify(all));
    else storage.removeItem(key(page));
  } catch {} // a private window, or no room: the page works without
}

/** What a cell shows: the kept text, and whether the book has changed it since. */
export function shown(kept, original) {
  if (!kept || kept.text === original) return { text: original, isStale: false };
  return { text: kept.text, isStale: kept.original !== original };
}
