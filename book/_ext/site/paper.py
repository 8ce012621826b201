"""What only a screen can do, as a chapter says it, and as paper does.

Paper promises nothing that it cannot keep.  A page has both: print.css shows the words
for paper, and so do the books to print and to read elsewhere (tools/build/formats).
"""

import re

from lxml import html
from lxml.html import HtmlElement
from sphinx.errors import ExtensionError

from .page import Site

SAID_OTHERWISE = [
    ("Move the amber ball, ", "The amber ball is "),
    (
        "Move its score, and read the height and the slope.",
        "At the ball, read the height and the slope.",
    ),
    (
        "Drag a price: of the three lines,",
        "If a price changes, then of the three lines",
    ),
    ("slide along them, and see where", "see where"),
    ("Slide the logit of the label; the two", "The label has the logit z; the two"),
    ("Step forwards to the loss, then", "First comes the way to the loss, then"),
    ("Try the second example, too.", ""),
    (
        "Give a wrong class more and more, and see the loss explode. Then take the "
        "blurred picture, and try for a loss of zero.",
        "If a wrong class gets more and more, the loss explodes. With the blurred "
        "picture it cannot come to zero.",
    ),
    (
        "Turn and shift the line until few points pay. Then make",
        "The line is turned and shifted until few points pay. Make",
    ),
    (
        "Try both: the weight in training, and the threshold afterwards. Look for two "
        "settings that find the same patients.",
        "One can change the weight in training, or the threshold afterwards.",
    ),
    ("Watch both losses start", "Both losses start"),
    ("set the five balls, then see the hinge loss drawn", "then see the hinge loss"),
    ("let the curve be drawn", "look at the curve"),
    ("Move the level.", ""),
    ("Move what she says, then what she believes.", ""),
    ("Move what was said, and compare what", "Compare what"),
    (
        "Move the weight, then put it back and move the threshold.",
        "One can change the weight in training, or the threshold afterwards.",
    ),
    ("Move both, and change the loss: who", "For each loss: who"),
    ("Move the reward of the rejected one, and read what", "Read what"),
]


def say_otherwise(site: Site) -> None:
    """Give the pages both, each beside the other; a chapter that says neither fails."""
    left = {said for said, _ in SAID_OTHERWISE}
    for page in site.pages:
        for element in page.all("//article//p"):
            for said, instead in SAID_OTHERWISE:
                if replaced(element, said, instead):
                    left.discard(said)
    if left:
        raise ExtensionError(f"no page says any more: {sorted(left)}")


def replaced(paragraph: HtmlElement, said: str, instead: str) -> bool:
    """Set words apart from the text of a paragraph, with what paper says for them."""
    words = re.compile(re.escape(said).replace(r"\ ", r"\s+"))
    if found := words.search(paragraph.text or ""):
        before, after = split(paragraph.text, found)
        paragraph.text = before
        paragraph.insert(0, apart(found[0], instead, after))
        return True
    for child in paragraph:
        if found := words.search(child.tail or ""):
            before, after = split(child.tail, found)
            child.tail = None
            child.addnext(apart(found[0], instead, after))
            child.tail = before
            return True
    return False


def split(text: str, found: re.Match[str]) -> tuple[str, str]:
    """What stands before and after what was found."""
    return text[: found.start()], text[found.end() :]


def apart(said: str, instead: str, after: str) -> HtmlElement:
    """The words for a screen, in an element that knows those for paper."""
    outer, inner = html.Element("span", {"data-paper": instead}), html.Element("span")
    inner.text = said
    outer.append(inner)
    outer.tail = after
    return outer
