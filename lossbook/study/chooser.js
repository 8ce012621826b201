// The page half of chooser.py: one question at a time; what was answered is the address of the page.
import { address, names } from "../address.js";
import { add } from "../elements.js";
import { live } from "./static.js";

/**
 * An answer to a question, both by their names.
 * @typedef {{ question: string, answer: string }} Answer
 * @typedef {{ given: Answer[], options: Answer[], path: string | null, lost: boolean }} Place
 */

/**
 * Where one stands after some answers: those that lead on, what may be answered next, and the path if it has ended. Of
 * answers that lead nowhere, those before them count, and `lost` is true.
 * @param {Record<string, Answer[]>} paths  Of each path its answers.
 * @param {string[]} wanted  The names of the answers.
 * @returns {Place}
 */
export function place(paths, wanted) {
  let left = Object.keys(paths);
  /** @type {Answer[]} */
  const given = [];
  const next = () => [...new Map(left.map((path) => paths[path][given.length]).filter(Boolean).map((each) => [each.answer, each])).values()];
  for (const name of wanted) {
    const found = next().find(({ answer }) => answer === name);
    if (!found) break;
    left = left.filter((path) => paths[path][given.length]?.answer === name);
    given.push(found);
  }
  const options = next();
  return { given, options, path: options.length ? null : left[0], lost: given.length < wanted.length };
}

/** The answers so far, in the address of the page: reload, Back and a copied link keep them. */
function inAddress(signal) {
  return {
    answers: () => names(location.hash),
    lead: (node, answers) => node.setAttribute("href", address(answers)),
    follow: (moved) => addEventListener("hashchange", moved, { signal }),
  };
}

/** The answers so far, in the model: the address of a notebook is not ours. */
function inModel(model, signal) {
  return {
    answers: () => names(`#/${model.get("answers")}`),
    lead(node, answers) {
      node.setAttribute("href", address(answers));
      node.addEventListener("click", (event) => {
        event.preventDefault();
        model.set("answers", answers.join("/"));
        model.save_changes();
      });
    },
    follow(moved) {
      model.on("change:answers", moved);
      signal.addEventListener("abort", () => model.off("change:answers", moved));
    },
  };
}

/** Bring the chooser to life where it stands: all that it knows stands in the tables. */
export function enhance(root, signal, model) {
  const panel = root.querySelector(".panel");
  const tables = root.querySelector(".paths");
  const rows = Object.fromEntries([...root.querySelectorAll("[data-path]")].map((row) => [row.dataset.path, row]));
  const asked = Object.fromEntries([...root.querySelectorAll(".questions > li")].map((item) => [item.dataset.question, item.textContent]));
  const said = {}; // the words of each answer, by its name
  const paths = {};
  for (const [path, row] of Object.entries(rows)) {
    const words = [row.closest("table").querySelector("caption"), ...row.querySelectorAll("[data-question]")];
    paths[path] = path.split("/").map((answer, i) => {
      said[answer] = words[i].textContent;
      return { answer, question: words[i].dataset.question };
    });
  }
  const keeper = model ? inModel(model, signal) : inAddress(signal);
  const way = (parent, answers, label, about = "") => {
    const link = add(parent, "a", {}, label);
    if (about) add(link, "span", { class: "hidden" }, about);
    keeper.lead(link, answers);
  };

  function show() {
    const { given, options, path, lost } = place(paths, keeper.answers());
    panel.replaceChildren();
    const soFar = given.map(({ answer }) => answer);
    if (given.length) {
      const trail = add(panel, "ol", { class: "trail", "aria-label": "Your answers" });
      given.forEach(({ question, answer }, i) => {
        const item = add(trail, "li");
        add(item, "span", {}, asked[question]);
        add(item, "b", {}, said[answer]);
        way(item, soFar.slice(0, i), "Change", ` the answer to: ${asked[question]}`);
      });
    }
    if (lost) add(panel, "p", { class: "lost" }, "The link goes on to an answer that is not there. This is as far as it leads.");
    if (path === null) {
      add(panel, "p", { class: "title", tabindex: -1 }, asked[options[0].question]);
      const list = add(panel, "ul", { class: "options" });
      for (const { answer } of options) way(add(list, "li"), [...soFar, answer], said[answer]);
    } else arrive(rows[path]);
  }

  /** The loss at which a path ends, its reasons, and the way back to the beginning. */
  function arrive(row) {
    const [, loss, reasons] = row.cells;
    const end = add(panel, "div", { class: "arrived" });
    const title = add(end, "p", { class: "title", tabindex: -1 }, "Your loss: ");
    title.append(...[...loss.cloneNode(true).childNodes]);
    end.append(...[...reasons.cloneNode(true).childNodes]);
    const actions = add(panel, "p", { class: "actions" });
    way(actions, [], "Start again");
    if (!model) add(actions, "span", {}, "The address of this page leads here: keep it, or send it on.");
  }

  show();
  tables.open = false;
  keeper.follow(() => {
    if (!model && location.hash && !location.hash.startsWith("#/")) return; // a heading of the page
    show();
    panel.querySelector(".title").focus();
  });
  root.dataset.live = "";
}

export default { render: live(enhance) };
