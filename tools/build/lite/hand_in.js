// *Hand in*, in the bar above a notebook that an instructor gave out, and above no other: it runs all
// cells, lets the last one say what is missing, and downloads the file that `collect` takes. Nothing is sent.

const MISSING = "application/vnd.lossbook.missing+json"; // as lossbook/handing_in.py says it
const CALL = "handing_in.check(";
const SUFFIX = "_assignment"; // of releases, as classroom/course.py has it

/** The assignment that a notebook's metadata name, or nothing. */
export function assignmentOf(about) {
  const name = about?.assignment;
  return typeof name === "string" && /^\w+$/.test(name) ? name : "";
}

/** What the file is called: by whom it is, if they say so, for a folder full of them. */
export function fileName(assignment, who) {
  const name = who.normalize("NFC").replace(/[^\p{L}\p{M}\p{N}.' -]/gu, " ").replace(/\s+/g, " ").replace(/^[. ]+|[. ]+$/g, "");
  return `${name && `${name}_`}${assignment}${SUFFIX}.ipynb`;
}

/** The sentences that a cell's outputs give; null if it said nothing that can be read. */
export function told(outputs) {
  const said = outputs.map((output) => output.data?.[MISSING]).find(Boolean);
  const texts = (list) => Array.isArray(list) && list.every((text) => typeof text === "string");
  if (!said || ![said.unanswered, said.unseen].every(texts)) return null;
  if (!Array.isArray(said.failed) || !said.failed.every((pair) => texts(pair) && pair.length === 2)) return null;
  return [
    ...said.unanswered.map((title) => `Not answered: ${title}`),
    ...said.failed.map(([title, why]) => `Fails: ${title}. ${why}`),
    ...said.unseen.map((title) => `Look yourself: ${title}`),
  ];
}

/** The Python that shows `handing_in` the notebook: without a connection it can read no file. */
export function showing({ cells }) {
  const bare = cells.map(({ cell_type, metadata, source }) => ({ cell_type, metadata, source }));
  // A string of JSON, written once more as one: Python reads such a literal as it stands.
  return `from lossbook import handing_in as _handing_in\n_handing_in.show(${JSON.stringify(JSON.stringify({ cells: bare }))})`;
}

/** Resolves once the kernel has nothing else to do: what it is asked while it starts may be lost. */
const idle = (kernel) => new Promise((resolve) => {
  const look = () => {
    if (kernel.status !== "idle") return;
    kernel.statusChanged.disconnect(look);
    resolve(undefined);
  };
  kernel.statusChanged.connect(look);
  look();
});

/** Runs every cell, those after an error too, and saves; returns what is missing. */
async function look(panel, { NotebookActions }, say) {
  const { content, context, sessionContext } = panel;
  say("Waiting for Python …");
  await sessionContext.ready;
  const kernel = sessionContext.session?.kernel;
  if (!kernel) return null;
  await idle(kernel);
  const code = content.widgets.filter((cell) => cell.model.type === "code");
  const last = code.findLast((cell) => cell.model.sharedModel.getSource().includes(CALL));
  const run = (cell) => NotebookActions.runCells(content, [cell], sessionContext);
  const others = code.filter((cell) => cell !== last);
  for (const [number, cell] of others.entries()) {
    say(`Running ${number + 1} of ${others.length} …`);
    await run(cell);
  }
  await context.save();
  if (!last) return null;
  say("Looking …");
  await kernel.requestExecute({ code: showing(panel.model.toJSON()), silent: true, store_history: false }).done;
  await run(last);
  await context.save();
  return told(last.model.outputs.toJSON());
}

function line(parent, tag, text) {
  const node = document.createElement(tag);
  node.textContent = text;
  parent.append(node);
  return node;
}

/** What the dialog shows: the list, where the file goes, and a field for a name. */
function body(missing, who) {
  const node = document.createElement("div");
  Object.assign(node.style, { maxWidth: "34rem", lineHeight: "1.5" });
  if (!missing) line(node, "p", "What is missing could not be looked up. Look yourself that every task is answered.");
  else if (missing.length) {
    line(node, "p", "Before you hand in:");
    const list = line(node, "ul", "");
    for (const text of missing) line(list, "li", text);
  } else line(node, "p", "Every task is answered, and the checks that you see pass.");
  line(node, "p", "You get one file, in your downloads. Hand that in where your instructor asks for it: nothing is sent from here.");
  const label = line(node, "label", "Your name, for the name of the file. Leave it empty where you upload the file as yourself.");
  const field = line(label, "input", "");
  Object.assign(field, { type: "text", value: who, autocomplete: "name", maxLength: 80, className: "jp-mod-styled" });
  Object.assign(field.style, { display: "block", width: "100%", marginTop: "0.25rem" });
  return { node, field };
}

function download(name, content) {
  // As bytes: some tablets add an ending of their own to what they know to be JSON.
  const address = URL.createObjectURL(new Blob([content], { type: "application/octet-stream" }));
  const link = document.createElement("a");
  Object.assign(link, { href: address, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/** @param {any} jupyter  What is shared of JupyterLab. */
export function plugin(jupyter) {
  const { Dialog, INotebookTracker, Widget } = jupyter;
  let who = "";

  async function handIn(panel, assignment, say) {
    const missing = await look(panel, jupyter, say);
    say("Hand in");
    const { node, field } = body(missing, who);
    const dialog = new Dialog({
      title: "Hand in",
      body: new Widget({ node }),
      buttons: [Dialog.cancelButton({ label: "Back" }), Dialog.okButton({ label: "Download" })],
      defaultButton: missing && !missing.length ? 1 : 0,
    });
    const frame = dialog.node.querySelector(".jp-Dialog-content");
    Object.assign(frame.style, { maxHeight: "96%", maxWidth: "96%" }); // all of it on a phone, too
    const asked = await dialog.launch();
    who = field.value;
    if (asked.button.accept) download(fileName(assignment, who), `${JSON.stringify(panel.model.toJSON(), null, 1)}\n`);
  }

  function add(panel, assignment) {
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: "jp-mod-styled jp-mod-accept lossbook-hand-in", textContent: "Hand in" });
    Object.assign(button.style, { height: "auto", minHeight: "28px", lineHeight: "1.2", whiteSpace: "nowrap" });
    const say = (text) => { button.textContent = text; };
    button.addEventListener("click", async () => {
      button.disabled = true;
      try {
        await handIn(panel, assignment, say);
      } catch (error) {
        await jupyter.showErrorMessage("Hand in", `${/** @type {any} */ (error).message}. Nothing was lost: save, load the page again, and try once more.`);
      }
      button.disabled = false;
      say("Hand in");
    });
    const widget = new Widget();
    widget.node.append(button);
    panel.toolbar.insertItem(0, "lossbook-hand-in", widget); // first: a narrow bar folds what comes last
  }

  return {
    id: "lossbook:hand-in",
    description: "Hands in an assignment as a file.",
    autoStart: true,
    optional: [INotebookTracker], // the list of files has none
    activate: (app, tracker) => tracker?.widgetAdded.connect(async (_, panel) => {
      await panel.context.ready;
      const assignment = assignmentOf(panel.model?.getMetadata("lossbook"));
      if (assignment) add(panel, assignment);
    }),
  };
}
