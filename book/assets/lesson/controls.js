// The controls of a lesson, made by the script that gives them their meaning.
const add = (parent, tag, properties = {}, text = "") => {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) node.setAttribute(name, value);
  node.textContent = text;
  return parent.appendChild(node);
};

export const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.round(seconds % 60)).padStart(2, "0")}`;

const button = (parent, part, text, label = "") => add(parent, "button", { type: "button", "data-part": part, ...(label && { "aria-label": label, title: label }) }, text);

function select(parent, label, options) {
  const made = add(parent, "select", { "aria-label": label });
  for (const [value, text] of options) add(made, "option", { value }, text);
  return made;
}

/** All controls below the pictures, by their names. */
export function controls(under) {
  const told = add(under, "div", { class: "told" });
  const caption = add(told, "p", { class: "words" });
  const question = add(told, "fieldset", { class: "question", tabindex: -1, hidden: "" });
  add(question, "legend");
  add(question, "div");
  add(question, "p", { role: "status" });
  const goOn = button(question, "go-on", "Watch");
  goOn.className = "go-on";
  const bar = add(under, "input", { type: "range", min: 0, step: 1, value: 0, "aria-label": "Sentence" });
  const row = add(under, "div", { class: "buttons" });
  const previous = button(row, "previous", "|◀", "Previous sentence");
  const play = button(row, "play", "Watch");
  const next = button(row, "next", "▶|", "Next sentence");
  const speed = select(row, "Speed", ["0.75", "1", "1.25", "1.5"].map((rate) => [rate, `${rate}×`]));
  const captions = button(row, "captions", "Captions");
  captions.ariaPressed = "true";
  const chapters = select(row, "Chapter", []);
  const yours = button(row, "yours", "Your turn");
  yours.hidden = true;
  return { caption, question, bar, previous, play, next, chapters, speed, captions, yours };
}

/** The chapters of the lesson, by their titles. */
export function fill(chapters, titles) {
  for (const [i, title] of titles.entries()) add(chapters, "option", { value: i }, `${i + 1}. ${title}`);
}
