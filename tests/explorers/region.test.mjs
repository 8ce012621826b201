import assert from "node:assert/strict";
import { test } from "node:test";
import { border, reading, squares } from "../../lossbook/explorers/region.js";

test("the reading takes the marked row and the predicted column", () => {
  const curves = [[0.5, 0.0554], [0.4, 0.9981], [0.3, 0.61]].map((row) => ({ rows: [[9, 9], row] }));
  assert.deepEqual(reading({ markeds: [2, 8], predicteds: [0, 12], curves }, 1, 1), [
    "0.998",
    "is the Dice loss, 0.610 the Tversky loss, 0.055 the mean cross-entropy. 8 of 8 marked pixels are found, and 4 too many are predicted.",
  ]);
  assert.match(reading({ markeds: [2, 8], predicteds: [0, 12], curves }, 1, 0)[1], / 0 of 8 marked pixels are found, and 0 too many /);
});

test("a pixel is a square at its row and column", () => {
  assert.equal(squares([0, 6], 5, 3), "M0 0h3v3h-3zM3 3h3v3h-3z");
  assert.equal(squares([], 5, 3), "");
});

test("a border runs around pixels, and not between them", () => {
  const lines = (pixels) => border(pixels, 5, 2).split("M").slice(1).sort();
  assert.deepEqual(lines([6]), ["2 2h2", "2 2v2", "2 4h2", "4 2v2"]);
  assert.deepEqual(lines([6, 7]), ["2 2h2", "2 2v2", "2 4h2", "4 2h2", "4 4h2", "6 2v2"]);
  assert.equal(border([], 5, 2), "");
});
