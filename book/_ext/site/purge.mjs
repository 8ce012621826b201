// Reads {css: {name: text}, js, html: [text]} as JSON. Writes of the css what these pages and this script can use.
import { readFileSync } from "node:fs";
import { PurgeCSS } from "purgecss";

const { css, js, html } = JSON.parse(readFileSync(0, "utf8"));

// Words that are class names as well count where they stand in a tag, and not in the text or as other words of a script.
const tags = html.map((page) => ({ raw: page.replace(/>[^<]*</g, "><"), extension: "html" }));
const scripts = { raw: js.replace(/\b(admonition|popover|margin)\b/g, ""), extension: "js" };
const content = [...tags, scripts];

const names = Object.keys(css);
const purged = await new PurgeCSS().purge({
  content,
  css: names.map((name) => ({ raw: css[name].replace(/@charset[^;]*;|@import[^;]*;/g, "") })), // what they import is in the text already
  keyframes: true,
  fontFace: false, // it overlooks fonts that `font:` names, and the formulas would lose theirs
  variables: true,
  // Their words occur, but not what they are for: file and date fields, floating boxes.
  blocklist: [/file-selector-button/, /-webkit-datetime/, /^(div|aside)\.sidebar/, /admonition\.sidebar/, /dropdown-menu-dark/],
  // What scripts and browsers set while a page is open; and of an address, its end.
  dynamicAttributes: ["src", "data-theme", "data-mode", "open", "data-live", "aria-expanded", "aria-current", "tabindex", "hidden"],
  safelist: {
    // PurgeCSS itself does not see the variables that inline styles and the styles of widgets use.
    variables: content.flatMap(({ raw }) => raw.match(/--[\w-]+/g) ?? []),
  },
});
process.stdout.write(JSON.stringify(Object.fromEntries(purged.map(({ css: text }, i) => [names[i], text]))));
