import assert from "node:assert/strict";
import { test } from "node:test";
import { assignmentOf, fileName, showing, told } from "../../tools/build/lite/hand_in.js";

const MISSING = "application/vnd.lossbook.missing+json";
const outputs = (said) => [{ output_type: "stream", text: "x" }, { data: { "text/plain": "x", [MISSING]: said } }];

test("only a notebook that was given out has an assignment", () => {
  assert.equal(assignmentOf({ assignment: "hinge" }), "hinge");
  for (const about of [undefined, null, {}, "hinge", { assignment: 3 }, { assignment: "../x" }, { assignment: "" }]) {
    assert.equal(assignmentOf(about), "");
  }
});

test("the file is called by whom it is, and leads nowhere", () => {
  assert.equal(fileName("hinge", ""), "hinge_assignment.ipynb");
  assert.equal(fileName("hinge", " Zoë  O'Neil-Smith "), "Zoë O'Neil-Smith_hinge_assignment.ipynb");
  assert.equal(fileName("hinge", "../../etc/a:b\\c"), "etc a b c_hinge_assignment.ipynb");
  assert.equal(fileName("hinge", "..."), "hinge_assignment.ipynb");
});

test("what is missing is told in sentences", () => {
  const said = { unanswered: ["1. A"], failed: [["2. B", "It ends."]], unseen: ["3. C"] };
  assert.deepEqual(told(outputs(said)), ["Not answered: 1. A", "Fails: 2. B. It ends.", "Look yourself: 3. C"]);
  assert.deepEqual(told(outputs({ unanswered: [], failed: [], unseen: [] })), []);
});

test("what cannot be read is not told", () => {
  const fine = { unanswered: [], failed: [], unseen: [] };
  assert.equal(told([]), null);
  for (const change of [{ unanswered: "1." }, { unseen: [3] }, { failed: ["x"] }, { failed: [["a"]] }, { failed: null }]) {
    assert.equal(told(outputs({ ...fine, ...change })), null);
  }
});

test("the notebook is shown to Python without what its cells showed", () => {
  const source = 'print("a\\n\u{1F339}")';
  const cells = [{ cell_type: "code", metadata: {}, source, outputs: [{ text: "long" }], execution_count: 3 }];
  const [, literal = ""] = showing({ cells }).match(/^from .+\n_handing_in\.show\((.+)\)$/) ?? [];
  assert.deepEqual(JSON.parse(JSON.parse(literal)), { cells: [{ cell_type: "code", metadata: {}, source }] });
});
