import assert from "node:assert/strict";
import { test } from "node:test";
import { edits, keep, shown } from "../../book/assets/live/store.js";

/**
 * A browser's storage, as far as the cells use it.
 * @returns {any}
 */
function storage() {
  const kept = new Map();
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => kept.set(key, value),
    removeItem: (key) => kept.delete(key),
    size: () => kept.size,
  };
}

test("an edit is kept by page and cell, and is gone when the text is the book's again", () => {
  const store = storage();
  keep("hinge", "train", "rate = 1", "rate = 2", store);
  keep("hinge", "plot", "plot()", "show()", store);
  assert.deepEqual(edits("hinge", store).train, { original: "rate = 1", text: "rate = 2" });
  assert.deepEqual(edits("choosing", store), {});
  keep("hinge", "train", "rate = 1", "rate = 1", store);
  assert.deepEqual(Object.keys(edits("hinge", store)), ["plot"]);
  keep("hinge", "plot", "plot()", "plot()", store);
  assert.equal(store.size(), 0);
});

test("a cell shows the edit, and tells when the book has changed the cell since", () => {
  const kept = { original: "rate = 1", text: "rate = 2" };
  assert.deepEqual(shown(kept, "rate = 1"), { text: "rate = 2", isStale: false });
  assert.deepEqual(shown(kept, "rate = 0.5"), { text: "rate = 2", isStale: true });
  assert.deepEqual(shown(kept, "rate = 2"), { text: "rate = 2", isStale: false });
  assert.deepEqual(shown(undefined, "rate = 1"), { text: "rate = 1", isStale: false });
});

test("broken or forbidden storage loses edits, not the page", () => {
  const fails = (message) => () => { throw new Error(message); };
  assert.deepEqual(edits("hinge", { ...storage(), getItem: () => "{" }), {});
  assert.deepEqual(edits("hinge", { ...storage(), getItem: fails("denied") }), {});
  keep("hinge", "a", "1", "2", { ...storage(), setItem: fails("full") });
});
