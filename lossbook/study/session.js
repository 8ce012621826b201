// A session of today.js: what is due of all chapters, interleaved, one thing at a time, with an end.
import { add } from "../elements.js";
import { table } from "./flash.js";
import { fetchKinds } from "./kinds.js";
import { question } from "./question.js";
import { AGAIN, isDue, soon } from "./schedule.js";
import { complete, others } from "./static.js";
import { FRESH, answered, freshLeft, progress, turned } from "./store.js";

/** @typedef {{ id: string, kind: "questions" | "cards", topic: string }} Thing */
/** @typedef {import("./store.js").Progress} Progress */

const SESSION = 20; // things that are due, and a session ends: the others can wait

/**
 * Things, of which those of one topic do not follow each other as long as others are left.
 * @param {Thing[]} things  The most urgent first.
 * @returns {Thing[]}
 */
export function interleaved(things) {
  const topics = Map.groupBy(things, ({ topic }) => topic);
  /** @type {Thing[]} */
  const order = [];
  while (order.length < things.length) {
    const lists = [...topics.values()].filter((list) => list.length);
    const others = lists.filter(([{ topic }]) => topic !== order.at(-1)?.topic);
    const longest = (others.length ? others : lists).reduce((most, list) => (list.length > most.length ? list : most));
    order.push(...longest.splice(0, 1));
  }
  return order;
}

/**
 * What to practise now: what is due, the longest due first, and what is new.
 * @param {Thing[]} things  All there are, in the order of the course.
 * @param {Progress} all
 * @param {number} now
 * @param {{ more?: boolean }} options  More than the day's share of new things.
 */
export function planned(things, all, now, { more = false } = {}) {
  const entry = ({ kind, id }) => all[kind][id];
  const seen = things.filter(entry);
  const late = seen.filter((thing) => isDue(entry(thing), now)).sort((a, b) => entry(a).due - entry(b).due);
  const begun = new Set((seen.length ? seen : things.slice(0, 1)).map(({ topic }) => topic));
  const unseen = interleaved(things.filter((thing) => !entry(thing) && begun.has(thing.topic)));
  const share = more ? FRESH : freshLeft(all, now);
  const old = late.slice(0, SESSION);
  const fresh = unseen.slice(0, Math.max(0, Math.min(share, SESSION - old.length)));
  return { order: [...interleaved(old), ...interleaved(fresh)], due: late.length, fresh: fresh.length, unseen: unseen.length };
}

/** The practice pages, each fetched once. */
const pages = new Map();
function page(address) {
  if (!pages.has(address)) pages.set(address, read(address));
  return pages.get(address);
}
async function read(address) {
  const reply = await fetch(address, { cache: "no-cache" }); // an edition kept from earlier may not have what is due
  if (!reply.ok) throw new Error(`${address} is missing`);
  const read = new DOMParser().parseFromString(await reply.text(), "text/html"); // a page of the site, as this one
  const quiz = /** @type {HTMLElement | null} */ (read.querySelector(".study-quiz"));
  const questions = /** @type {HTMLElement[]} */ ([...quiz?.querySelectorAll(".question") ?? []]);
  const [rules, variants] = ["rules", "variants"].map((kind) => quiz?.dataset[kind] && new URL(quiz.dataset[kind], address).href);
  if (rules) await complete(questions, rules);
  return { read, more: others(questions, variants) };
}

/** A question or card. */
async function part({ id, kind, topic }) {
  const { read, more } = await page(topic);
  if (progress()[kind][id]) await more(); // it was asked before
  const found = read.querySelector(`.${kind === "cards" ? "flash" : "question"}[data-id="${id}"]`);
  await fetchKinds([found]);
  return document.importNode(found, true);
}

/** All that can be asked, a question and a card in turn, in the order of the course. */
async function askable(root, links) {
  const lists = await (await fetch(root.dataset.things)).json();
  return links.flatMap((link, i) => {
    const [asked, deck] = ["questions", "cards"].map((kind) => lists[i][kind].map((id) => ({ id, kind, topic: link.href })));
    return Array.from({ length: Math.max(asked.length, deck.length) }, (_, at) => [asked[at], deck[at]].filter(Boolean)).flat();
  });
}

/** The style sheets of what is asked. */
const looks = (root) => Promise.all((root.dataset.later?.split(" ") ?? []).map((href) => new Promise((done) => {
  if (document.querySelector(`link[href="${href}"]`)) return done(null);
  const link = add(document.head, "link", { rel: "stylesheet", href });
  link.onload = link.onerror = done;
})));

/**
 * Ask what is due, and then rest. An error says that nothing could be fetched.
 * @param {any} root
 * @param {{ press: Function, rest: Function, more?: boolean }} parts
 */
export async function practise(root, { press, rest, more = false }) {
  const [score, panel] = [".score", ".panel"].map((place) => root.querySelector(place));
  /** @type {HTMLAnchorElement[]} */
  const links = [...root.querySelectorAll(".topics a")];
  const title = (topic) => links.find((link) => link.href === topic)?.textContent;
  const bar = document.createElement("progress");
  bar.setAttribute("aria-hidden", "true");
  const [things] = await Promise.all([askable(root, links), looks(root)]);
  const { order } = planned(things, progress(), Date.now(), { more });
  if (!order.length) {
    rest("Nothing is left for today").focus();
    return;
  }
  const topics = [...new Set(order.map(({ topic }) => topic))];
  const fetched = await Promise.allSettled(topics.map(page));
  const there = new Set(topics.filter((_, i) => fetched[i].status === "fulfilled"));
  for (const topic of topics) if (!there.has(topic)) pages.delete(topic); // to be asked for again
  const left = order.filter(({ topic }) => there.has(topic));
  if (!left.length) throw new Error("no page could be fetched");
  session(left);

  /** Ask one thing after the other; those that were wrong once more at the end, of an earlier session of the hour too. */
  function session(order) {
    const left = [...order];
    const tally = { done: 0, right: 0, total: order.length };
    /** @type {Record<string, number>} */
    const repeats = {}; // how often each has come back: twice at most
    /** @type {Thing | null} */
    let last = null;
    bar.max = tally.total;
    ask();

    function next() {
      if (left.length) return left.shift();
      const all = progress();
      const back = things.filter(({ id, kind }) => id !== last?.id && (repeats[id] ?? 0) < 2 && soon([id], all[kind], Date.now()).length);
      if (back.length) repeats[back[0].id] = (repeats[back[0].id] ?? 0) + 1;
      return back[0];
    }

    async function ask() {
      const thing = next();
      if (!thing) {
        finish();
        return;
      }
      last = thing;
      const card = await part(thing).catch(() => null);
      if (!card) { // its page could not be fetched any more
        finish();
        return;
      }
      panel.replaceChildren(bar);
      bar.value = Math.min(tally.done, tally.total);
      const where = `${Math.min(tally.done + 1, tally.total)} of ${tally.total} · ${title(thing.topic)}`;
      score.textContent = tally.done ? `${tally.right} of ${tally.done} right so far` : "";
      (thing.kind === "cards" ? askCard : askQuestion)(thing, card, where);
    }

    const leave = (parent) => press(parent, "Stop for now", finish);

    function noted(right) {
      tally.done += 1;
      tally.right += Number(right);
    }

    function askQuestion({ id }, asked, where) {
      panel.append(asked);
      const count = asked.querySelector(".count");
      count.textContent = `${where} · ${count.textContent.split(" · ")[1]}`;
      const actions = question(asked, {
        again: false,
        variant: progress().questions[id]?.reps ?? 0, // the row after the last one
        after(result) {
          answered(id, result.right, result);
          noted(result.right);
          press(actions, "Next", ask, "check").focus();
          actions.append(stop);
        },
      });
      const stop = leave(actions);
      const legend = asked.querySelector("legend");
      legend.tabIndex = -1;
      legend.focus();
    }

    function askCard({ id }, card, where) {
      const place = add(panel, "div", { class: "study-cards" });
      place.dataset.live = "";
      add(place, "p", { class: "place" }, where);
      add(place, "ol", { class: "deck" }).append(card);
      const { show } = table(place, (grade) => {
        turned(id, grade);
        noted(grade !== AGAIN);
        ask();
      });
      show(card);
      leave(add(panel, "p", { class: "actions leave" }));
      card.querySelector("summary").focus();
    }

    function finish() {
      rest("Done for today", tally.done ? `You answered ${tally.done}, ${tally.right} of them right.` : "").focus();
    }
  }
}
