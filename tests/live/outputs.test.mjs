import assert from "node:assert/strict";
import { test } from "node:test";
import { Outputs } from "../../book/assets/live/outputs.js";

/** Outputs with a clock that a test sets, and what they sent. */
function gathered() {
  const sent = [];
  const clock = { now: 0 };
  return { sent, clock, outputs: new Outputs((output) => sent.push(output), () => clock.now) };
}

const texts = (sent) => sent.map((output) => output.text ?? output.kind);

test("a few lines go out at once", () => {
  const { sent, outputs } = gathered();
  for (const line of ["a\n", "b\n", "c\n"]) outputs.write("stdout", line);
  assert.deepEqual(texts(sent), ["a\n", "b\n", "c\n"]);
});

test("a flood goes out in a few messages, whole and in order", () => {
  const { sent, clock, outputs } = gathered();
  outputs.begin();
  const lines = Array.from({ length: 10_000 }, (_, i) => `${i}\n`);
  for (const line of lines) {
    clock.now += 0.1;
    outputs.write("stdout", line);
  }
  outputs.flush();
  assert.ok(sent.length < 50, `${sent.length} messages`);
  assert.equal(texts(sent).join(""), lines.join(""));
});

test("what is written before a picture is shown before it, and each stream for itself", () => {
  const { sent, outputs } = gathered();
  for (let i = 0; i < 30; i += 1) outputs.write("stdout", "x");
  outputs.write("stderr", "y");
  outputs.add({ kind: "rich" });
  assert.equal(texts(sent).join(""), `${"x".repeat(30)}yrich`);
  assert.deepEqual([...new Set(sent.map((o) => o.name ?? o.kind))], ["stdout", "stderr", "rich"]);
});

test("text has an end, which is told, and the next cell begins anew", () => {
  const { sent, outputs } = gathered();
  for (let i = 0; i < 300; i += 1) outputs.write("stdout", "x".repeat(1000));
  const all = texts(sent).join("");
  assert.ok(all.length < 100_100);
  assert.match(all, /the rest is left out/);
  sent.length = 0;
  outputs.begin();
  outputs.write("stdout", "new");
  outputs.flush();
  assert.deepEqual(texts(sent), ["new"]);
});

test("pictures have an end too, and an error comes through", () => {
  const { sent, outputs } = gathered();
  for (let i = 0; i < 500; i += 1) outputs.add({ kind: "rich" });
  outputs.add({ kind: "error", text: "stop" });
  assert.equal(sent.length, 102);
  assert.match(sent[100].text, /the rest is left out/);
  assert.equal(sent.at(-1).text, "stop");
});
