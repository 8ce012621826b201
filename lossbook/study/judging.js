// What a reader may mean by a number, whether it is right, and what to say. Draws nothing.

const PLAIN = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const GROUPED = /^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$/;

/**
 * What a reader may have meant by a number: "0.7", "0,7", "2/3", "−5", "75 %". A comma
 * may stand for the point or between thousands, so there may be two readings; none if
 * it is no number.
 */
export function readings(text, unit = "") {
  let written = text.replaceAll("−", "-").replace(/\s/g, "").toLowerCase();
  const ending = unit.replace(/\s/g, "").toLowerCase();
  let share = 1;
  if (ending && written.endsWith(ending)) written = written.slice(0, -ending.length);
  else if (written.endsWith("%")) [written, share] = [written.slice(0, -1), 100];
  const [top, bottom = "1", ...more] = written.split("/");
  if (more.length) return [];
  return numbers(top).flatMap((a) => numbers(bottom).filter((b) => b !== 0).map((b) => a / b / share));
}

function numbers(text) {
  const texts = GROUPED.test(text) ? [text.replaceAll(",", "")] : [];
  const point = text.includes(".") ? text : text.replace(",", ".");
  if (PLAIN.test(point)) texts.push(point);
  return texts.map(Number);
}

/** Which of the keys is nearest to one of the numbers, if it is near enough; or -1. */
export function match(given, keys, tolerance) {
  const away = keys.map((key) => Math.min(...given.map((number) => Math.abs(number - key))));
  const nearest = away.indexOf(Math.min(...away));
  return away[nearest] <= tolerance * (1 + 1e-9) + 1e-12 ? nearest : -1;
}

/** The numbers from 0 up to `count`, in an order by chance. */
export function shuffled(count, random = Math.random) {
  const order = Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i -= 1) {
    const j = Math.floor(random() * (i + 1));
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order;
}

/** What to say of choices when several are right: how many are wrong, how many missing. */
export function verdictOnSeveral(wrong, missing) {
  const is = (count, one, many) => `${count} ${count === 1 ? one : many}`;
  const parts = [];
  if (wrong) parts.push(is(wrong, "of your choices is wrong", "of your choices are wrong"));
  if (missing) parts.push(is(missing, "right one is missing", "right ones are missing"));
  return `${parts.join(", ")}.`;
}

/**
 * Of answers to what was chosen, the headings of the page of common errors to which they lead.
 * @param {Element[]} items
 */
export const misconceptions = (items) =>
  [...new Set(items.flatMap((item) => [...item.querySelectorAll("a")]).filter(({ href }) => href.includes("common_errors")).map(({ hash }) => hash.slice(1)))];
