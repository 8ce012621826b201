// The page half of progress.py: how far one has come, and buttons to keep, move or delete that.
import { add } from "../elements.js";
import { live } from "./static.js";
import { NEWER, change, follow, isNewer, merged, nothing, parsed, progress } from "./store.js";

/** Bring the overview to life where it stands. */
export function enhance(root, signal) {
  const rows = [...root.querySelectorAll(".topics > li")];
  const [controls, said] = [".actions", ".said"].map((place) => root.querySelector(place));
  said.setAttribute("role", "status");

  const press = (parent, label, action) => {
    const button = add(parent, "button", { type: "button" }, label);
    button.addEventListener("click", action);
    return button;
  };

  press(controls, "Save to a file", save);
  const file = add(controls, "input", { type: "file", accept: ".json,application/json", hidden: "" });
  file.addEventListener("change", load);
  press(controls, "Read from a file", () => file.click());
  const reset = press(controls, "Delete all", () => sure(true));
  const question = add(root, "p", { class: "sure actions", hidden: "" });
  add(question, "span", {}, "Delete every answer, card and test that this browser keeps?");
  press(question, "Delete", () => {
    const lasts = change((all) => Object.assign(all, nothing()));
    sure(false);
    say(lasts, "Deleted. You start anew.");
  });
  const keep = press(question, "Keep", () => sure(false));

  function sure(asking) {
    question.hidden = !asking;
    (asking ? keep : reset).focus();
  }

  const say = (lasts, sentence) => {
    said.textContent = lasts ? sentence : isNewer() ? NEWER : `${sentence} But this browser stores nothing: it lasts as long as the page is open.`;
  };

  function save() {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([JSON.stringify(progress(), null, 1)], { type: "application/json" }));
    link.download = "lossbook-progress.json";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    said.textContent = "Saved as lossbook-progress.json.";
  }

  async function load() {
    const [chosen] = file.files;
    if (!chosen) return;
    try {
      const read = parsed(await chosen.text());
      say(change((all) => Object.assign(all, merged(all, read))), "Read. Where this browser knew of a later answer, that one stays.");
    } catch (error) {
      said.textContent = `${chosen.name} was not read: ${error instanceof Error ? error.message : error}. Nothing has changed.`;
    }
    file.value = "";
  }

  follow(() => {
    const { questions, cards } = progress();
    for (const row of rows) {
      const [asked, deck] = [row.dataset.questions, row.dataset.cards].map((ids) => ids.split(" "));
      const right = asked.filter((id) => questions[id]?.right).length;
      const seen = deck.filter((id) => cards[id]).length;
      row.querySelector(".done").textContent = `${right} of ${asked.length} right, ${seen} of ${deck.length} cards studied`;
    }
  }, signal);
  root.dataset.live = "";
}

export default { render: live(enhance) };
