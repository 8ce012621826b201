import assert from "node:assert/strict";
import { test } from "node:test";
import { asked, isStale, nameBeside, read } from "../../tools/build/lite/open.js";

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

test("an address asks for a chapter, or for an assignment under a name of its own", () => {
  const of = (search) => asked(new URLSearchParams(search));
  assert.equal(of("path=hinge.ipynb"), "hinge.ipynb");
  assert.equal(of("assignment=hinge"), "hinge_assignment.ipynb");
  assert.equal(of(""), null);
});

test("a fresh copy says what it is", () => {
  assert.equal(nameBeside("a_assignment.ipynb", [], "fresh copy"), "a_assignment, fresh copy.ipynb");
});

test("a file is opened without what its cells showed, which nobody vouches for", () => {
  const cell = { cell_type: "code", source: "1", metadata: { trusted: true, nbgrader: { grade_id: "a" } }, outputs: [{ data: { "text/html": "<img>" } }], execution_count: 3 };
  const about = { assignment: "hinge" };
  const file = { nbformat: 4, nbformat_minor: 5, metadata: { lossbook: about, widgets: {}, kernelspec: { name: "python3" } }, cells: [cell, { cell_type: "markdown", source: "", metadata: {} }] };
  const { cells, metadata } = read(JSON.stringify(file));
  assert.deepEqual(cells[0], { cell_type: "code", source: "1", metadata: { nbgrader: { grade_id: "a" } }, outputs: [], execution_count: null });
  assert.equal("outputs" in cells[1], false);
  assert.deepEqual(metadata.lossbook, about);
  assert.deepEqual(Object.keys(metadata).sort(), ["kernelspec", "lossbook"]);
  assert.equal(metadata.kernelspec.name, "python");
});

test("what is no notebook is not opened", () => {
  for (const text of ["", "{", "3", "null", '{"nbformat": 3, "worksheets": []}', '{"nbformat": 4, "cells": [null]}', '{"nbformat": 4, "cells": {}}']) {
    assert.equal(read(text), null);
  }
});
