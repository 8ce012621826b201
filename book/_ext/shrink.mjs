// Reads {css: {name: text}, js, html: [text]} as JSON. Writes {css, js}: minified, of the css only what these pages and this script can use.
import { readFileSync } from "node:fs";
import { transform } from "lightningcss";
import { PurgeCSS } from "purgecss";
import { minify } from "terser";

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
  // What scripts and browsers set while a page is open.
  dynamicAttributes: ["data-theme", "data-mode", "open", "data-live", "aria-expanded", "aria-current", "tabindex", "hidden"],
  safelist: {
    greedy: [/data-theme/, /data-mode/],
    // PurgeCSS itself does not see the variables that inline styles and the styles of widgets use.
    variables: content.flatMap(({ raw }) => raw.match(/--[\w-]+/g) ?? []),
  },
});
const styles = purged.map(({ css: text }, i) => {
  const { code } = transform({ filename: names[i], code: Buffer.from(text), minify: true, errorRecovery: true });
  return [names[i], code.toString()];
});
const script = await minify(js, { toplevel: true });
process.stdout.write(JSON.stringify({ css: Object.fromEntries(styles), js: script.code + "\n" }));
