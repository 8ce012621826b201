import assert from "node:assert/strict";
import { test } from "node:test";
import { isStale, nameBeside } from "../../tools/lite/open.js";

test("a copy is stale when its edition is not the site's", () => {
  const copy = { content: { metadata: { lossbook: { edition: "a" } } } };
  assert.equal(isStale(copy, "a"), false);
  assert.equal(isStale(copy, "b"), true);
  assert.equal(isStale({ content: JSON.stringify(copy.content) }, "a"), false);
  assert.equal(isStale({ content: { metadata: {} } }, "a"), true);
});

test("a copy that is set aside gets a name that nothing has", () => {
  assert.equal(nameBeside("hinge.ipynb", ["hinge.ipynb"]), "hinge, my copy.ipynb");
  assert.equal(nameBeside("hinge.ipynb", ["hinge, my copy.ipynb"]), "hinge, my copy 2.ipynb");
});
