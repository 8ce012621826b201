// A style sheet that says the same in fewer words: of several that stand after each other, what the last one says.
import { parse } from "postcss";

const GENERAL = /^(:root|html)$/;
const THEME = /^html\[data-theme=(light|dark)\]/;

/** @param {import("postcss").Rule} rule where a rule holds: in which @media, on what. */
const place = (rule, selector) => {
  const { parent } = /** @type {any} */ (rule);
  return parent.type === "atrule" ? `@${parent.name} ${parent.params} ${selector}` : selector;
};
const inFrames = (rule) => /keyframes$/.test(rule.parent?.name ?? "");

/** Drops what the same selector sets again further down, and the theme's colours that ours take the place of. */
function dropOverridden(root) {
  const later = new Set();
  const rules = [];
  root.walkRules((rule) => { if (!inFrames(rule)) rules.push(rule); });
  for (const rule of rules.reverse()) {
    const places = rule.selectors.map((selector) => place(rule, selector));
    for (const declaration of [...rule.nodes].reverse()) {
      if (declaration.type !== "decl") continue;
      const key = (where) => `${where}{${declaration.prop}`;
      const themed = (where) => declaration.prop.startsWith("--") && (THEME.test(where) || GENERAL.test(where)) && later.has(key("html[data-theme]"));
      if (!declaration.important && places.every((where) => later.has(key(where)) || themed(where))) declaration.remove();
      else for (const where of places) later.add(key(where));
    }
  }
}

/** Writes the value of a variable where it is read, if it is set once, and read little or short. */
function inline(roots, read) {
  const set = new Map();
  const used = new Map();
  for (const root of roots) {
    root.walkDecls((declaration) => {
      if (declaration.prop.startsWith("--")) set.set(declaration.prop, [...set.get(declaration.prop) ?? [], declaration]);
      for (const [, name] of declaration.value.matchAll(/var\(\s*(--[\w-]+)/g)) used.set(name, [...used.get(name) ?? [], declaration]);
    });
  }
  for (const [name, [only, ...others]] of set) {
    const uses = used.get(name) ?? [];
    if (others.length || read.has(name) || !uses.length || only.parent.parent.type !== "root") continue;
    if (only.value.length * (uses.length - 1) > 30 || only.value.trim() === "") continue;
    if (uses.some((use) => !use.value.includes(`var(${name})`) || inFrames(use.parent) || use.prop.startsWith("--") && !GENERAL.test(use.parent.selector) && GENERAL.test(only.parent.selector) && /var\(/.test(only.value))) continue;
    const own = only.parent.selectors;
    const within = ({ parent }) => parent.selectors.every((selector) => own.some((one) => new RegExp(`${one.replaceAll(".", "\\.")}(?![\\w-])[^\\s>+~]*$`).test(selector)));
    if (!own.every((selector) => GENERAL.test(selector)) && !uses.every(within)) continue;
    for (const use of uses) use.value = use.value.replaceAll(`var(${name})`, only.value.trim());
    only.remove();
  }
}

/** Drops variables that nothing reads any more, neither a sheet nor a page nor a script, and what is empty then. */
function dropUnread(roots, read) {
  for (let left = true; left;) {
    left = false;
    const used = new Set(roots.flatMap((root) => [...String(root).matchAll(/var\(\s*(--[\w-]+)/g)].map(([, name]) => name)));
    for (const root of roots) {
      root.walkDecls(/^--/, (declaration) => {
        if (used.has(declaration.prop) || read.has(declaration.prop)) return;
        declaration.remove();
        left = true;
      });
      root.walk((node) => { if ("nodes" in node && node.nodes?.length === 0) node.remove(); });
    }
  }
}

/** The sheets, which pages load together, in fewer words. `read` are the variables that others read. */
export function settled(texts, read) {
  const roots = texts.map((text) => parse(text));
  for (const root of roots) dropOverridden(root);
  dropUnread(roots, read);
  for (let turn = 0; turn < 3; turn += 1) inline(roots, read);
  dropUnread(roots, read);
  return roots.map(String);
}
