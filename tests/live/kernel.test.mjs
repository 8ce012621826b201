import assert from "node:assert/strict";
import { test } from "node:test";
import { Kernel } from "../../book/assets/live/kernel.js";

/** A worker that does what a test tells it; `made` holds all, `sent` what each was told. */
function workers() {
  const made = [];
  return { made, start: () => {
    const worker = { sent: /** @type {any[]} */ ([]), ended: false, postMessage: (m) => worker.sent.push(m), terminate: () => { worker.ended = true; } };
    worker.say = (data) => worker.onmessage({ data });
    made.push(worker);
    return worker;
  } };
}

function cell(name) {
  const heard = [];
  return {
    name, heard,
    code: () => `print("${name}")`,
    begin: () => heard.push("begin"),
    progress: (words) => heard.push(words),
    show: (output) => heard.push(output),
    end: (ok) => heard.push(ok),
  };
}

test("one worker is started when it is first needed, and cells run one by one", async () => {
  const { made, start } = workers();
  const kernel = new Kernel(start);
  assert.equal(made.length, 0);
  const [a, b] = [cell("a"), cell("b")];
  const runs = [kernel.run(a), kernel.run(b)];
  const [worker] = made;
  assert.equal(made.length, 1);
  assert.deepEqual(worker.sent.map((message) => message.name), ["a"]);
  worker.say({ type: "output", output: { kind: "stream", text: "1" } });
  worker.say({ type: "done", ok: true });
  worker.say({ type: "done", ok: false });
  assert.deepEqual(await Promise.all(runs), [true, false]);
  assert.deepEqual(a.heard, ["Loading Python …", "begin", { kind: "stream", text: "1" }, true]);
  assert.deepEqual(b.heard, ["Waiting …", "begin", false]);
});

test("stop ends Python, drops what waits, and the next run starts a new one", async () => {
  const { made, start } = workers();
  const kernel = new Kernel(start);
  const [a, b] = [cell("a"), cell("b")];
  const runs = [kernel.run(a), kernel.run(b)];
  kernel.stop();
  assert.deepEqual(await Promise.all(runs), [false, false]);
  assert.ok(made[0].ended);
  assert.equal(kernel.isRunning, false);
  const again = kernel.run(a);
  made[1].say({ type: "done", ok: true });
  assert.equal(await again, true);
});

test("Python that cannot be loaded is told below the cell, and can be tried again", async () => {
  const { made, start } = workers();
  const kernel = new Kernel(start);
  const a = cell("a");
  const run = kernel.run(a);
  made[0].say({ type: "failed", text: "no such file" });
  assert.equal(await run, false);
  assert.match(a.heard.find((entry) => entry.kind === "error").text, /no such file.*try again/);
  kernel.run(a);
  assert.equal(made.length, 2);
});

test("the state of a widget goes both ways, but not to a Python that has ended", () => {
  const { made, start } = workers();
  const kernel = new Kernel(start);
  kernel.warm();
  const news = [];
  const tell = kernel.connect("w", (state) => news.push(state));
  made[0].say({ type: "state", id: "w", state: { x: 1 } });
  tell({ x: 2 });
  assert.deepEqual(news, [{ x: 1 }]);
  assert.deepEqual(made[0].sent, [{ type: "state", id: "w", state: { x: 2 } }]);
  kernel.stop();
  kernel.warm();
  tell({ x: 3 });
  assert.deepEqual(made[1].sent, []);
});

test("Python that dies is told below the cell, what waits is dropped, and the next run starts a new one", async () => {
  const { made, start } = workers();
  let died = 0;
  const kernel = new Kernel(start, () => { died += 1; });
  const [a, b] = [cell("a"), cell("b")];
  const runs = [kernel.run(a), kernel.run(b)];
  made[0].say({ type: "died", text: "memory access out of bounds" });
  assert.deepEqual(await Promise.all(runs), [false, false]);
  assert.match(a.heard.find((entry) => entry.kind === "error").text, /died: memory access.*starts it anew/);
  assert.equal(died, 1);
  assert.ok(made[0].ended);
  kernel.run(b);
  assert.equal(made.length, 2);
});

test("a worker that fails once Python is up has taken Python with it", async () => {
  const { made, start } = workers();
  let died = 0;
  const kernel = new Kernel(start, () => { died += 1; });
  const [a, b] = [cell("a"), cell("b")];
  const first = kernel.run(a);
  made[0].say({ type: "done", ok: true });
  await first;
  const second = kernel.run(b);
  made[0].onerror({ message: "out of memory" });
  assert.equal(await second, false);
  assert.match(b.heard.find((entry) => entry.kind === "error").text, /died: out of memory/);
  assert.equal(died, 1);
});
