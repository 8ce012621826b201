import assert from "node:assert/strict";
import { test } from "node:test";
import { pageOf } from "../../tools/build/lite/links.js";

test("a link to the source of a page leads to the page of the book", () => {
  const site = "https://example.org/course/";
  assert.equal(pageOf(`${site}lite/files/glossary.md#score`), `${site}book/glossary.html#score`);
  assert.equal(pageOf(`${site}lite/files/faq.md`), `${site}book/faq.html`);
});

test("other links are left alone", () => {
  for (const href of ["", "https://example.org/lite/files/hinge.ipynb#goals", "https://example.org/glossary.md"]) {
    assert.equal(pageOf(href), undefined);
  }
});
