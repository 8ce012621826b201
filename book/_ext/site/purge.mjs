// Reads {css: {name: text}, js, html: [text], elements, variables, apart} as JSON. Writes of the css what these pages and this script
// can use; the rules of one sheet whose selectors all have one of some words go to another (apart: {from, to, words}).
import { readFileSync } from "node:fs";
import { parse } from "postcss";
import selectorParser from "postcss-selector-parser";
import { PurgeCSS } from "purgecss";
import { settled } from "./cascade.mjs";

const { css, js, html, elements, variables, apart } = JSON.parse(readFileSync(0, "utf8"));

// What the scripts of the theme and of Sphinx set while a page is open; our own scripts are read.
const SET = ["active", "show", "hide", "empty", "scrolled", "highlighted", "highlight-link", "pst-scrollable-table-container"];
// Words that are class names as well count where they stand in a tag, and not in the text or as other words of a script.
const tags = html.map((page) => ({ raw: page.replace(/>[^<]*</g, "><"), extension: "html" }));
const script = js.replace(/\b(admonition|popover|margin|tooltip|progress|collapse|mark|figure|body|first|disabled)\b/g, "")
  .replace(/(?<![\w-])(topic|contents|placeholder|card|row|download|github|document|error|search)(?![\w-])/g, "");
const scripts = { raw: script, extension: "js" };
const content = [...tags, scripts];

const kinds = elements.map(({ tag, id, classes, parents, ancestors }) => ({ tag, names: new Set([...classes, ...id.map((name) => `#${name}`)]), parents, ancestors }));
const given = new Set(kinds.flatMap(({ names }) => [...names]));
const words = new Set(script.match(/[\w-]+/g));
const set = (name, word) => SET.includes(word) || (words.has(word) && !given.has(name));

/** Whether an element of a kind can match a part of a selector: by its tag and names, whatever its state. */
function fits(kind, part) {
  return part.every((node) => {
    if (node.type === "tag") return node.value === kind.tag;
    if (node.type === "class") return kind.names.has(node.value) || set(node.value, node.value);
    if (node.type === "id") return kind.names.has(`#${node.value}`) || set(`#${node.value}`, node.value);
    if ([":is", ":where", ":not"].includes(node.value) && node.nodes.length) {
      // `:not([data-theme])`: that of a page is always known.
      if (node.value === ":not") return String(node) !== ":not([data-theme])" || kind.tag !== "html";
      return node.nodes.some((choice) => choice.some(({ type }) => type === "combinator") || fits(kind, choice.nodes));
    }
    return true;
  });
}

// Fields that no page has, states that only Bootstrap's script sets, which no page loads, and icons of a font: ours are in
// signs.css, whose selectors begin with a tag.
const NEVER = /^\.fa[srb]?\b|file-selector-button|-webkit-(date|color-swatch|inner-spin)|-moz-focus-inner|type=file|\.disabled|\.btn\.(active|show)|dropdown-(menu\.show|item\.active)|details\.hide|below-input|^\.btn.*:disabled|^\.(dropdown-item|nav-link|form-control):disabled/;

/** Whether some page has such an element inside such others. A script may put a plain element anywhere. */
function found(selector) {
  if (NEVER.test(String(selector))) return false;
  /** @type {{nodes: any[], above: string}[]} */
  const parts = [{ nodes: [], above: "" }];
  for (const node of selector.nodes) {
    if (node.type === "combinator") parts.push({ nodes: [], above: node.value.trim() });
    else if (node.type !== "comment") parts[parts.length - 1].nodes.push(node);
  }
  let within = kinds.map((_, at) => at);
  for (const { nodes, above } of parts) {
    const before = new Set(within);
    const plain = !nodes.some(({ type }) => type === "class" || type === "id");
    within = [];
    for (const [at, kind] of kinds.entries()) {
      if (!fits(kind, nodes)) continue;
      const inside = above === ">" ? kind.parents : above === "" ? kind.ancestors : null;
      if (parts[0].nodes === nodes || plain || !inside || inside.some((one) => before.has(one))) within.push(at);
    }
    if (!within.length) return false;
  }
  return true;
}

/** A style sheet without the rules that fit no element of any page. */
function fitting(text) {
  const root = parse(text);
  root.walkRules((rule) => {
    if (rule.parent?.type === "atrule" && /keyframes$/.test(/** @type {any} */ (rule.parent).name)) return;
    const kept = [];
    selectorParser((list) => list.each((selector) => { if (found(selector)) kept.push(String(selector).trim()); })).processSync(rule.selector);
    if (kept.length) rule.selector = kept.join(",");
    else rule.remove();
  });
  return String(root);
}

/** The rules of a sheet whose selectors all have one of some words, taken out of it. */
function taken(root, words) {
  const all = new RegExp(words);
  const has = (selector) => all.test(selector.replace(/:(is|where|not|has)\([^()]*\)/g, "")); // what those list is one of several
  const out = root.clone({ nodes: [] });
  root.walkRules((rule) => {
    if (!rule.selectors.every(has)) return;
    const { parent } = rule;
    if (parent.type === "root") out.append(rule);
    else if (!/keyframes$/.test(parent.name)) out.append(parent.clone({ nodes: [rule.clone()] })), rule.remove();
  });
  return out;
}

const names = Object.keys(css);
const purged = await new PurgeCSS().purge({
  content,
  css: names.map((name) => ({ raw: fitting(css[name].replace(/@charset[^;]*;|@import[^;]*;/g, "")) })), // what they import is in the text already
  keyframes: true,
  fontFace: false, // it overlooks fonts that `font:` names, and the formulas would lose theirs
  // Their words occur, but not what they are for: file and date fields, floating boxes.
  blocklist: [/file-selector-button/, /-webkit-datetime/, /^(div|aside)\.sidebar/, /admonition\.sidebar/, /dropdown-menu-dark/],
  // What scripts and browsers set while a page is open; and of an address, its end.
  dynamicAttributes: ["src", "data-theme", "data-mode", "open", "data-live", "data-coming", "aria-expanded", "aria-current", "tabindex", "hidden"],
  safelist: SET,
});

// Variables that pages, scripts and the sheets of widgets read.
const read = new Set([...variables, ...content.flatMap(({ raw }) => raw.match(/--[\w-]+/g) ?? [])]);
if (apart) {
  const sheet = (name) => purged[names.indexOf(name)];
  const root = parse(sheet(apart.from).css);
  sheet(apart.to).css = String(taken(root, apart.words));
  sheet(apart.from).css = String(root);
}
const texts = settled(purged.map(({ css: text }) => text), read);
process.stdout.write(JSON.stringify(Object.fromEntries(texts.map((text, i) => [names[i], text]))));
