// The page of a form: keeps in this browser what was answered, and saves it as a file.
const { form, edition } = document.body.dataset;
const KEY = `lossbook.inventory.${form}.${edition}`;

const find = (selector) => /** @type {HTMLElement} */ (document.querySelector(selector));
const who = /** @type {HTMLInputElement} */ (find("#who"));
const state = find("#state");
const questions = [...document.querySelectorAll("fieldset")];
const boxes = /** @type {HTMLInputElement[]} */ ([...document.querySelectorAll("fieldset input")]);

/** What was chosen by number; "" is to have no idea. */
const chosen = () => Object.fromEntries(boxes.filter(({ checked }) => checked).map(({ name, value }) => [name, value]));

/** Say how far it is, after what has just happened. */
function tell(happened = "") {
  const done = Object.keys(chosen()).length;
  state.textContent = `${happened} ${done} of ${questions.length} answered.`.trim();
}

/** What was kept of this form; nothing if there is nothing, or nothing that can be read. */
function kept() {
  try {
    const found = JSON.parse(localStorage.getItem(KEY) ?? "{}");
    return { who: String(found.who ?? ""), answers: Object(found.answers) };
  } catch {
    return { who: "", answers: {} };
  }
}

function keep() {
  try {
    localStorage.setItem(KEY, JSON.stringify({ who: who.value, answers: chosen() }));
    tell();
  } catch {
    tell("This browser keeps nothing: save before you close this page.");
  }
}

function save() {
  const name = who.value.trim();
  who.setAttribute("aria-invalid", String(!name));
  if (!name) {
    tell("Write your name or code at the top first.");
    who.focus();
    return;
  }
  const answers = Object.fromEntries(Object.entries(chosen()).filter(([, letter]) => letter));
  const whole = { lossbook: "inventory", version: 1, form, edition, who: name, answers };
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([`${JSON.stringify(whole, null, 1)}\n`], { type: "application/json" }));
  link.download = `${form}-${name.replace(/[^\p{L}\p{N}]+/gu, "-").slice(0, 40)}.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  tell(`Saved as ${link.download}. Hand this file in.`);
}

function forget() {
  if (!confirm("Delete your name and answers from this browser? A file that you saved stays.")) return;
  localStorage.removeItem(KEY);
  who.value = "";
  for (const box of boxes) box.checked = false;
  tell("Deleted.");
  who.focus();
}

const before = kept();
who.value = before.who.slice(0, who.maxLength);
for (const box of boxes) box.checked = before.answers[box.name] === box.value;
for (const input of [who, ...boxes]) input.addEventListener("input", keep);
find("#save").addEventListener("click", save);
find("#forget").addEventListener("click", forget);
tell();

export {};
