// What a cell shows below itself. Text goes in as text; HTML lies in a frame in which no
// script runs; pictures are pictures. Nothing that Python says becomes part of the page.

const FRAME = `
  :root { color-scheme: light dark; font: 16px/1.6 system-ui, sans-serif }
  body { margin: 0 } table { border-collapse: collapse } td, th { padding: 0.2em 0.6em; text-align: right }
  pre, code { font-family: ui-monospace, monospace } img, svg { max-width: 100% }`;

export function add(parent, tag, properties = {}, text = "") {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) node.setAttribute(name, value);
  node.textContent = text;
  parent.append(node);
  return node;
}

/** A text that scrolls inside itself, so the keyboard must reach it. */
const block = (parent, name, text) => add(parent, "pre", { class: name, tabindex: "0" }, text);

function stream(parent, { name, text }) {
  const last = parent.lastElementChild;
  const node = last?.className === name ? last : block(parent, name, "");
  node.append(text);
}

/** HTML without its scripts: the frame is of the page's origin only to be measured. */
function frame(parent, { data, text }) {
  const dark = document.documentElement.dataset.theme === "dark";
  const node = add(parent, "iframe", { sandbox: "allow-same-origin", title: text.slice(0, 80) || "Output of this cell" });
  const fit = () => { node.style.height = `${node.contentDocument.documentElement.scrollHeight}px`; };
  node.style.colorScheme = dark ? "dark" : "light";
  node.addEventListener("load", () => {
    const inside = node.contentDocument;
    inside.documentElement.style.colorScheme = node.style.colorScheme;
    const sheet = new node.contentWindow.CSSStyleSheet();
    sheet.replaceSync(FRAME);
    inside.adoptedStyleSheets = [sheet];
    inside.addEventListener("toggle", fit, true);
    fit();
  });
  node.srcdoc = `<!doctype html><html lang="en"><body>${data}</body></html>`;
}

function image(parent, mime, data, text) {
  const bytes = mime === "image/png" ? Uint8Array.from(atob(data), (c) => c.charCodeAt(0)) : data;
  const source = URL.createObjectURL(new Blob([bytes], { type: mime }));
  const node = add(parent, "img", { src: source, alt: text || "Figure made by this cell", "data-type": mime });
  node.addEventListener("load", () => URL.revokeObjectURL(source));
}

/** Shows one output of Python below a cell; widgets are shown by `widget(parent, view)`. */
export function show(parent, output, widget) {
  const { kind, mime, data, text } = output;
  if (kind === "stream") stream(parent, output);
  else if (kind === "error") block(parent, "error", text);
  else if (kind === "widget") widget(add(parent, "div"), output);
  else if (mime === "text/plain") block(parent, "value", data);
  else if (mime === "text/html") frame(parent, output);
  else image(parent, mime, data, text);
}
