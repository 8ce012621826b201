// The worker in which Python runs: one Pyodide, one cell at a time.
import { Outputs } from "./outputs.js";
import prelude from "./prelude.py";

const say = (message) => postMessage(message);
const folder = new URL("../pyodide/", import.meta.url).href;
const outputs = new Outputs((output) => say({ type: "output", output }));
const stream = (name) => (text) => outputs.write(name, `${text}\n`);
// After that no call of Python returns, so nobody would hear of it otherwise.
const died = (error) => say({ type: "died", text: String(error?.message ?? error) });

async function start() {
  const { loadPyodide } = await import(`${folder}pyodide.mjs`);
  const python = await loadPyodide({
    indexURL: folder,
    packages: ["lossbook"], // with NumPy: fetched beside the core, since nearly every cell needs them
    env: { HOME: "/home/pyodide", MPLBACKEND: "agg", MPLCONFIGDIR: "/home/pyodide/matplotlib" },
    stdout: stream("stdout"),
    stderr: stream("stderr"),
  });
  python._api.on_fatal = died;
  python.registerJsModule("_page", {
    emit: (text) => outputs.add(JSON.parse(text)), // as JSON: nothing of Python outlives it
    state: (text) => say({ type: "state", ...JSON.parse(text) }),
  });
  const space = python.toPy({});
  python.runPython(prelude, { globals: space, filename: "<page>" });
  const known = python.lockfile.packages;
  return { python, known, run: space.get("run"), needs: space.get("needs"), receive: space.get("receive") };
}

const started = start();
started.catch((error) => say({ type: "failed", text: String(error.message ?? error) }));

addEventListener("message", async ({ data }) => {
  const { python, known, run, needs, receive } = await started;
  if (data.type === "state") {
    receive(data.id, JSON.stringify(data.state));
    return;
  }
  let ok = false;
  outputs.begin();
  try {
    const wanted = needs(data.code).toJs().filter((name) => name in known && !(name in python.loadedPackages));
    if (wanted.length) {
      say({ type: "progress", step: "packages" });
      await python.loadPackage(wanted, { messageCallback() {}, errorCallback: stream("stderr") });
    }
    say({ type: "progress", step: "run" });
    ok = await run(data.code, data.name);
  } catch (caught) {
    const error = /** @type {any} */ (caught);
    if (error.pyodide_fatal_error) return died(error);
    outputs.add({ kind: "error", text: String(error.message ?? error) });
  }
  outputs.flush();
  say({ type: "done", ok });
});
