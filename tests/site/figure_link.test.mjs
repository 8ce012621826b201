import assert from "node:assert/strict";
import { test } from "node:test";
import { mark, parts, state } from "../../book/assets/figure_link.js";
import { Model } from "../../book/assets/widget_model.js";
import { address, names } from "../../lossbook/address.js";

const SETTINGS = { x: [-0.5, 0, 0.25], picture: ["a cat", "50 % / blurred, = no"], guesses: [[1, 1.5], [1, 1.5], [1, 1.5]], revealed: [false, true] };

function figure(values = {}, { settings = SETTINGS, title = "A figure" } = {}) {
  const model = new Model({ title, x: 0, picture: "a cat", guesses: [1, 1, 1.5], revealed: false, ...values });
  Object.assign(model.settings, settings);
  return model;
}

const through = (made, to = figure()) => state(to, names(address(["figure-1", ...parts(made)])).slice(1));

test("a link gives back every state as it was, with its types", () => {
  for (const x of SETTINGS.x) for (const picture of SETTINGS.picture) for (const revealed of SETTINGS.revealed) {
    const values = { x, picture, guesses: [1.5, x < 0 ? 1 : 1.5, 1], revealed };
    assert.deepEqual(through(figure(values)), values);
  }
});

test("a link can be read: names, numbers, and no more signs than it takes", () => {
  assert.equal(address(parts(figure()).slice(1)), "#/x=0/picture=a%20cat/guesses=1,1,1.5/revealed=false");
});

test("the mark is that of one figure with its controls", () => {
  const own = mark(figure());
  assert.equal(mark(figure({ x: 0.25 })), own);
  assert.notEqual(mark(figure({}, { title: "Another" })), own);
  assert.notEqual(mark(figure({}, { settings: { ...SETTINGS, x: [-0.5, 0, 0.5] } })), own);
  assert.match(own, /^[0-9a-z]{1,7}$/);
});

test("a link to a figure that has changed since is refused", () => {
  const changed = figure({}, { settings: { ...SETTINGS, x: [0, 0.25] } });
  assert.throws(() => through(figure(), changed), /does not fit this figure, which may have changed since/);
  assert.throws(() => state(figure(), []), /does not fit/);
});

test("a link that is damaged is refused, and says where", () => {
  const damaged = (replace) => () => state(figure(), parts(figure()).flatMap(replace));
  const at = (name, instead) => damaged((part) => (part.startsWith(`${name}=`) ? instead : part));
  assert.throws(at("x", "x=7"), /“x” cannot be 7/);
  assert.throws(at("x", "x=0.10"), /“x” cannot be 0.10/);
  assert.throws(at("x", "x="), /“x” cannot be nothing/);
  assert.throws(at("x", "x"), /does not say where “x” stands/);
  assert.throws(at("x", []), /does not say where “x” stands/);
  assert.throws(at("revealed", "revealed=yes"), /“revealed” cannot be yes/);
  for (const guesses of ["1,1", "1,1,1,1", "1,1,2", "1,,1", ""]) assert.throws(at("guesses", `guesses=${guesses}`), /“guesses” cannot be/);
  for (const name of ["title", "__proto__", "constructor", ""]) assert.throws(at("x", `${name}=0`), new RegExp(`“${name}” is no control`));
});
