import assert from "node:assert/strict";
import { test } from "node:test";
import { excerpt, finder, words } from "../../book/assets/search/finding.js";

const section = (title, text, { also = /** @type {string[]} */ ([]), calls = /** @type {string[]} */ ([]), weight = 1 } = {}) =>
  ({ title, page: "Page", address: title, weight, also, calls, text });
const BOOK = [
  section("Hinge loss", "How far a score falls short.", { weight: 2 }),
  section("hinge", "The mean hinge loss of some scores.", { weight: 0.1 }),
  section("Regularisation", "A penalty that keeps weights small.", { also: ["shrinkage"] }),
  section("Cross-entropy", "The mean surprise of a forecast.", { also: ["log loss", "NLL"] }),
  section("Logistic loss", "The log of the odds has a loss; log, loss, log loss."),
  section("Why not train on accuracy?", "It is flat."),
  section("Logits, in libraries", "Logits, then labels.", { calls: ["torch.nn.BCEWithLogitsLoss", "sklearn.metrics.log_loss", "binary:logistic"], weight: 0.1 }),
  section("Hinge, in libraries", "Scores.", { calls: ["keras.losses.Hinge", "sklearn.svm.SVC"], weight: 0.1 }),
  section("Accuracy", "The share of right answers. Why? It does not matter."),
];
const find = finder(BOOK);
const titles = (query) => find(query).found.map(({ title }) => title);

for (const [query, first] of Object.entries({
  "hinge": "Hinge loss", // and not the function, which weighs little
  "hing": "Hinge loss", // while it is typed
  "hnige": "Hinge loss", // two letters swapped
  "hine loss": "Hinge loss", // one left out
  "regularization": "Regularisation",
  "Shrinkage": "Regularisation",
  "log loss": "Cross-entropy", // the other name, though a text has the words more often
  "nll": "Cross-entropy",
  "crossentropy": "Cross-entropy",
  "what is cross entropy?": "Cross-entropy",
  "why not accuracy": "Why not train on accuracy?",
  "accuracy": "Accuracy",
  "log_loss": "Logits, in libraries", // the call, and not the words
  "metrics.log_loss(": "Logits, in libraries",
  "F.log_loss(y, p)": "Logits, in libraries", // whatever it was imported as
  "BCEWithLogitsLoss": "Logits, in libraries",
  "binary:logistic": "Logits, in libraries",
  "keras.losses.Hinge": "Hinge, in libraries",
  "Hinge": "Hinge loss", // a word of its own
})) {
  test(`"${query}" leads to "${first}" first`, () => assert.equal(titles(query)[0], first));
}

test("a section must have all words, unless none has: then some will do, and it is said", () => {
  assert.deepEqual(find("penalty weights").found.map(({ title }) => title), ["Regularisation"]);
  assert.equal(find("penalty weights").all, true);
  const { found, all } = find("penalty entropy");
  assert.equal(all, false);
  assert.deepEqual(new Set(found.map(({ title }) => title)), new Set(["Regularisation", "Cross-entropy"]));
});

test("what nobody wrote is not found", () => assert.deepEqual(titles("zebra"), []));

test("words have one form for one and many, small letters and no accents; what says nothing is left out", () => {
  assert.deepEqual(words("What is the Loss of Fréchet’s Models?"), ["loss", "frechet", "model"]);
  assert.deepEqual(words("what is"), ["what", "is"]);
});

test("an excerpt begins and ends between words, and every second part was found", () => {
  const text = `${"before ".repeat(50)}the hinge, and again: Hinges. ${"after ".repeat(50)}`;
  const parts = excerpt(text, ["hinge"]);
  assert.deepEqual(parts.filter((_, i) => i % 2), ["hinge", "Hinges"]);
  assert.match(parts[0], /^… before .*before the $/);
  assert.match(parts.at(-1), /after …$/);
  assert.ok(parts.join("").length < 200);
});

test("a short text is quoted whole, and one without the words from its beginning", () => {
  assert.equal(excerpt("(One, two.)", ["two"]).join(""), "(One, two.)");
  assert.equal(excerpt("One, two.", ["zebra"]).join(""), "One, two.");
  assert.equal(excerpt("", ["zebra"]).join(""), "");
});
