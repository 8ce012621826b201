// What a reader may mean by some words: the sections of the book, the likeliest first.
import MiniSearch from "minisearch";

/** @typedef {{ title: string, page: string, address: string, weight: number, also: string[], calls: string[], text: string }} Section */

// Words of a question that say nothing of what is asked.
const EMPTY = new Set("a an are do does i in is mean of the what".split(" "));
const MANY_MORE = { exact: 8, titled: 3 }; // found in a title counts so many times as much

/** Letters and digits in one spelling: small, without accents and apostrophes, and British. */
const plain = (text) => text.normalize("NFKD").replace(/[\p{M}'’]/gu, "").toLowerCase().replace(/([iy])z/g, "$1s");
const split = (text) => plain(text).match(/[\p{L}\p{N}]+/gu) ?? [];
/** One form of a word for one and for many. */
const single = (word) => word.replace(/(?<=\p{L}{2}[^s])s$/u, "");

/** The words of a text that say what it is about. */
export function words(text) {
  const all = split(text);
  const telling = all.filter((word) => !EMPTY.has(word));
  return (telling.length ? telling : all).map(single);
}

/** A title, and its words with hyphens once more without: "cross-entropy crossentropy". */
const joined = (title) => `${title} ${(title.match(/\S+-\S+/g) ?? []).join(" ").replaceAll("-", "")}`;

/** The word with two neighbours swapped, in every way: the typing error that is two changes of a letter. */
const swaps = (word) => word.length < 4 ? [] : [...word].slice(1).map((_, i) =>
  word.slice(0, i) + word[i + 1] + word[i] + word.slice(i + 2)).filter((other) => other !== word);

/** The last part of a name in code: "log_loss" of "sklearn.metrics.log_loss" or "metrics.log_loss()". */
const last = (/** @type {string} */ name) => /^(?:\w+[.:])*(\w+)(?:\(.*)?$/.exec(name.trim())?.[1].toLowerCase();
/** Whether somebody types code, and no word: it has a dot, a line or a capital within. */
const isCode = (query) => /\w[.:]\w|_|[\p{Ll}\d]\p{Lu}|\p{Lu}{2}\p{Ll}/u.test(query);

/** What finds sections. @param {Section[]} sections */
export function finder(sections) {
  const index = new MiniSearch({
    idField: "address",
    fields: ["title", "also", "calls", "text"],
    storeFields: [],
    tokenize: split,
    processTerm: single,
    extractField: (section, name) => name === "also" ? section.also.map(joined).join(". ") : name === "title" ? joined(section.title)
      : name === "calls" ? section.calls.join(" ") : section[name],
    searchOptions: {
      boost: { title: 6, also: 5 },
      prefix: (word) => word.length > 1,
      fuzzy: (word) => word.length > 3 ? 1 : false,
    },
  });
  index.addAll(sections);
  const known = Object.fromEntries(sections.map((section) => [section.address, section]));

  /** How much more a section counts whose title, or other name, is what is asked, or has all its words. */
  const named = ({ title, also }, asked) => {
    const names = [title, ...also].map(words);
    const same = names.some((name) => name.join(" ") === asked.join(" "));
    const all = names.some((name) => asked.every((word) => name.includes(word)));
    return same ? MANY_MORE.exact : all ? MANY_MORE.titled : 1;
  };

  const calls = Map.groupBy(sections.flatMap((section) => section.calls.map((name) => ({ name: last(name), section }))), ({ name }) => name);

  /** The sections that have all the words, or, if none has, some; and which words were found in each. Those first that have a call of that name. */
  return (query) => {
    const call = isCode(query) ? last(query) : undefined;
    const called = new Set(calls.get(call)?.map(({ section }) => section.address));
    const asked = words(called.size && call ? call : query);
    const queries = asked.map((word) => ({
      combineWith: "OR",
      queries: [word, { combineWith: "OR", queries: swaps(word), prefix: false, fuzzy: false }],
    }));
    const search = (combineWith) => index.search(/** @type {any} */ ({ combineWith, queries }));
    const whole = search("AND");
    const hits = whole.length ? whole : search("OR");
    const found = hits
      .map(({ id, score, terms }) => ({ ...known[id], terms, score: score * known[id].weight * named(known[id], asked) }))
      .sort((a, b) => Number(called.has(b.address)) - Number(called.has(a.address)) || b.score - a.score);
    return { found, all: whole.length > 0 };
  };
}

/** A piece of a text round the first of some words, cut between words; in parts, every second one of which was found. */
export function excerpt(text, terms, length = 180) {
  const wanted = new Set(terms);
  const pieces = text.split(/([\p{L}\p{N}]+)/u); // every second one is a word
  const first = Math.max(1, pieces.findIndex((piece, i) => i % 2 && wanted.has(single(plain(piece)))));
  let start = first;
  for (let before = 0; start > 1 && before < length / 3; start -= 2) before += pieces[start - 1].length + pieces[start - 2].length;
  let end = start, size = 0;
  while (end < pieces.length && size < length) size += pieces[end].length + (pieces[end + 1] ?? "").length, end += 2;
  const parts = [start > 1 ? "… " : pieces[0]];
  for (let i = start; i < Math.min(end, pieces.length); i += 2) {
    const after = i + 2 < end || end >= pieces.length ? pieces[i + 1] ?? "" : "";
    if (wanted.has(single(plain(pieces[i])))) parts.push(pieces[i], after);
    else parts[parts.length - 1] += pieces[i] + after;
  }
  if (end < pieces.length) parts[parts.length - 1] += " …";
  return parts;
}
