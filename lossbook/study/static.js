// Puts the static form of a widget into a notebook, and keeps the notebook's keys away.

const ELEMENTS = new Set(`a b br caption code details div fieldset input label legend li ol p span strong summary table tbody td template th thead tr ul
  math mfrac mi mn mo mover mpadded mroot mrow mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover`.split(/\s+/));
const ATTRIBUTES = new Set(`class type name inputmode autocomplete data-id data-kind data-topic data-study data-right data-key
  data-tolerance data-place data-questions data-cards data-question data-answer data-path open scope accent columnalign display displaystyle fence form lspace mathvariant
  maxsize minsize rspace scriptlevel separator stretchy width`.split(/\s+/));
const PAGE = /^(api\/)?\w+\.(ipynb|md)(#[\w-]+)?$/;

/** A copy of a node with only the elements and attributes that our static forms have. */
function copy(node) {
  if (node.nodeType === Node.TEXT_NODE) return document.createTextNode(node.data);
  if (node.nodeType !== Node.ELEMENT_NODE || !ELEMENTS.has(node.localName)) return document.createDocumentFragment();
  const made = document.createElementNS(node.namespaceURI, node.localName);
  for (const { name, value } of node.attributes) {
    if (ATTRIBUTES.has(name) || (name === "href" && PAGE.test(value))) made.setAttribute(name, value);
  }
  const [from, to] = made instanceof HTMLTemplateElement ? [node.content, made.content] : [node, made];
  to.append(...[...from.childNodes].map(copy));
  return made;
}

/** The render function of a widget: its static form, brought to life by `enhance`. */
export function live(enhance) {
  return function render({ model, el }) {
    const stop = new AbortController();
    const { body } = new DOMParser().parseFromString(model.get("html"), "text/html");
    const root = el.appendChild(copy(body.firstElementChild));
    for (const type of ["keydown", "keyup"]) el.addEventListener(type, (event) => event.stopPropagation());
    enhance(root, stop.signal, model);
    return () => {
      stop.abort();
      root.remove();
    };
  };
}
