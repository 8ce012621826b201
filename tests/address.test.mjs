import assert from "node:assert/strict";
import { test } from "node:test";
import { address, names } from "../lossbook/address.js";

test("an address holds its parts, and one of another kind none", () => {
  assert.deepEqual([address(["p1", "c1"]), address([])], ["#/p1/c1", "#/"]);
  for (const wanted of [[], ["number"], ["a/b", "50 %", "x=1,2", "<img>", "é"]]) assert.deepEqual(names(address(wanted)), wanted);
  for (const hash of ["", "#", "#by-hand", "#a/b"]) assert.deepEqual(names(hash), []);
  assert.deepEqual([names("#//a//"), names("#/a%E/b")], [["a"], ["a%E", "b"]]);
});
