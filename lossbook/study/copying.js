// What a static form may bring into a notebook. Pages have theirs already, and never load this.

const ELEMENTS = new Set(`a b br caption code details div fieldset input label legend li ol p pre span strong summary table tbody td template th thead tr ul
  path svg text math mfrac mi mn mo mover mpadded mroot mrow mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover`.split(/\s+/));
const ATTRIBUTES = new Set(`class type name inputmode autocomplete data-id data-kind data-topic data-study data-right data-key
  data-sketch data-tolerance data-place data-indent data-after data-instead data-questions data-cards data-question data-answer data-path data-said data-log data-brier open scope accent columnalign display displaystyle fence form lspace mathvariant
  maxsize minsize rspace viewBox d x y fill font-size role stroke text-anchor transform aria-label scriptlevel separator stretchy width`.split(/\s+/));
const PAGE = /^(api\/)?\w+\.(ipynb|md)(#[\w-]+)?$/;

/** A copy of a node with only the elements and attributes that our static forms have. */
export function copy(node) {
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
