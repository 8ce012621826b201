// The atlas: filters and sorts the table and the cards by the words that stand in the table. The choice is in the address.

const atlas = /** @type {HTMLElement} */ (document.querySelector(".atlas"));
const form = /** @type {HTMLFormElement} */ (atlas.querySelector("form"));
const output = /** @type {HTMLOutputElement} */ (form.querySelector("output"));
const body = /** @type {HTMLTableSectionElement} */ (atlas.querySelector("tbody"));
const cards = /** @type {HTMLElement} */ (atlas.querySelector(".cards"));
const fields = /** @type {(HTMLInputElement | HTMLSelectElement)[]} */ ([...form.elements].filter((field) => "name" in field && field.name));
const columns = fields.filter(({ name }) => name !== "find" && name !== "sort").map(({ name }) => name);
const plain = (/** @type {string} */ text) => text.toLowerCase().replace(/[\s_.-]+/g, " ").trim();

const losses = [...body.rows].map((row, place) => {
  const [title, ...cells] = [...row.cells].map((cell) => cell.textContent.trim());
  const card = /** @type {HTMLElement} */ (document.getElementById(/** @type {HTMLAnchorElement} */ (row.querySelector("a")).hash.slice(1)));
  const words = Object.fromEntries(columns.map((name, i) => [name, cells[i]]));
  return { row, card, place, words: { ...words, name: title }, text: plain(card.textContent) };
});

/** Shows the losses that fit the choice, in its order, and says how many. */
function show() {
  const chosen = Object.fromEntries(fields.map(({ name, value }) => [name, value]));
  const found = plain(chosen.find).split(" ");
  const shown = losses.filter(({ words, text }) =>
    columns.every((name) => !chosen[name] || words[name] === chosen[name]) && found.every((word) => text.includes(word)));
  const by = chosen.sort;
  shown.sort((a, b) => (by ? a.words[by].localeCompare(b.words[by], "en") : 0) || a.place - b.place);
  for (const { row, card } of losses) row.hidden = card.hidden = true;
  for (const { row, card } of shown) {
    row.hidden = card.hidden = false;
    body.append(row);
    cards.append(card);
  }
  output.value = shown.length ? `${shown.length} of ${losses.length} losses` : "No loss is like that: take one of the choices back.";
}

/** Keeps the choice in the address, so that it can be sent on. */
function keep() {
  const address = new URL(location.href);
  address.search = new URLSearchParams(fields.filter(({ value }) => value).map(({ name, value }) => [name, value])).toString();
  history.replaceState(null, "", address);
}

/** Takes the choice of an address; what is no choice there counts as none. */
function take() {
  const asked = new URLSearchParams(location.search);
  for (const field of fields) {
    field.value = asked.get(field.name) ?? "";
    if (field instanceof HTMLSelectElement && field.selectedIndex < 0) field.value = "";
  }
}

/** Whoever follows a link to a card sees it, whatever was chosen. */
function arrive() {
  const card = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!card?.hidden) return;
  for (const field of fields) field.value = "";
  show();
  keep();
  card.scrollIntoView();
}

form.addEventListener("input", () => { show(); keep(); });
form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("reset", () => setTimeout(() => {
  for (const field of fields) field.value = "";
  show();
  keep();
}));
addEventListener("hashchange", arrive);
/** @type {HTMLDetailsElement} */ (atlas.querySelector(".all")).open = false;
take();
show();
arrive();
atlas.dataset.live = "";
