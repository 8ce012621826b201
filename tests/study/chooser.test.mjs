import assert from "node:assert/strict";
import { test } from "node:test";
import { place } from "../../lossbook/study/chooser.js";

const path = (text) => text.split("/").map((each) => ({ question: each[0], answer: each }));
// The letter of an answer is its question: p for predict, c for cost, u for use.
const PATHS = Object.fromEntries(["p1/c1/u1", "p1/c1/u2", "p1/c2", "p2/u1", "p2/u3"].map((text) => [text, path(text)]));
const answers = (list) => list.map(({ answer }) => answer);

test("at the beginning the first question is open, each answer once", () => {
  const { given, options, path: end, lost } = place(PATHS, []);
  assert.deepEqual([given, answers(options), end, lost], [[], ["p1", "p2"], null, false]);
});

test("an answer leads to the next question, which may skip one", () => {
  assert.deepEqual(place(PATHS, ["p1"]).options, [{ question: "c", answer: "c1" }, { question: "c", answer: "c2" }]);
  assert.deepEqual(place(PATHS, ["p2"]).options, [{ question: "u", answer: "u1" }, { question: "u", answer: "u3" }]);
  assert.deepEqual(answers(place(PATHS, ["p1", "c1"]).options), ["u1", "u2"]);
});

test("every path ends at itself, and nowhere before", () => {
  for (const [text, all] of Object.entries(PATHS)) {
    assert.equal(place(PATHS, answers(all)).path, text);
    assert.deepEqual(place(PATHS, answers(all)).options, []);
    assert.equal(place(PATHS, answers(all).slice(0, -1)).path, null);
  }
});

test("of answers that lead nowhere those before them count", () => {
  for (const wanted of [["p3"], ["p1", "u1"], ["p1", "c1", "u3"], ["p1", "c2", "u1"], ["__proto__"], ["p1", "constructor"]]) {
    const { given, lost } = place(PATHS, wanted);
    assert.ok(lost);
    assert.deepEqual(answers(given), wanted.slice(0, -1));
  }
});
