import assert from "node:assert/strict";
import { test } from "node:test";
import { isStale, nameBeside } from "../../tools/build/lite/open.js";

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

test("what was uploaded under the name of a chapter is a copy of another edition", () => {
  const text = JSON.stringify({ metadata: { lossbook: { edition: "é7" } }, cells: [] });
  const uploaded = Buffer.from(text).toString("base64");
  assert.equal(isStale({ content: uploaded, format: "base64" }, "é7"), false);
  assert.equal(isStale({ content: uploaded, format: "base64" }, "8"), true);
  for (const content of ["UEs=", "no base64 at all", "", "{"]) {
    for (const format of ["base64", "text", "json"]) {
      assert.equal(isStale({ content, format }, "8"), true);
    }
  }
});
