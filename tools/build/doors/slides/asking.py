"""Questions of the book on slides: asked on one, answered on the next.

What people who choose wrongly have in mind stands in the notes, as the bank says it.
"""

from collections.abc import Iterator
from copy import deepcopy

from lxml.html import HtmlElement
from lxml.html.builder import E

from tools.build.formats.elements import renamed_parts
from tools.build.formats.worksheet import LETTERS, pictures

from .reading import Part
from .slide import Slide, alike, filled, height_of_text, room_below, without_links

HOW = {
    "one": "Ask for a show of hands for each letter, and type the numbers in.",
    "several": "More than one is right. Ask for hands for each letter.",
    "numeric": "Give a minute to work it out, and let neighbours compare.",
    "ordering": "Let somebody call the letters in order, and others object.",
    "sketch": "Let everybody draw it on paper, and hold some of them up.",
    "lines": "Let somebody call the lines in order, and others object.",
}
COME_BACK = "A guess will do: the answer comes when the chapter has given it."


def question(fieldset: HtmlElement, part: Part, *, before: bool) -> Iterator[Slide]:
    """The slides of a question; of one to guess at, the answer comes later."""
    text = fieldset.xpath(".//*[@class='text']")[0]
    asked = E.p(*renamed_parts(without_links(text)))
    kicker = "Before you read: a show of hands" if before else part.title
    expected = list(mistakes(fieldset))
    how = HOW[fieldset.get("data-kind")]
    kind = "guess" if before else "question"
    asking = Slide(kind, kicker, asked, list(_choices(fieldset)))
    asking.notes = [E.p(f"{how} {COME_BACK}" if before else how), *expected]
    kicker = "What you guessed, and the answer" if before else "The answer"
    answer = Slide("answer", kicker, deepcopy(asked), list(_answer(fieldset)))
    answer.notes = [deepcopy(each) for each in expected]
    answer.later = before
    for slide in (asking, answer):
        texts = [
            text for each in slide.body for text in each.xpath("self::ol/li | self::p")
        ]
        if not _is_drawn(slide):
            alike([slide], [texts])
        yield slide


def _is_drawn(slide: Slide) -> bool:
    """Whether it shows a curve or a program."""
    return any(each.xpath("self::pre | .//svg | .//code") for each in slide.body)


def mistakes(fieldset: HtmlElement) -> Iterator[HtmlElement]:
    """Why each wrong answer is wrong, and what people have in mind who give it."""
    chosen = fieldset.get("data-kind") in ("one", "several")
    items = fieldset.xpath(".//ol[@class='feedback']/li")
    wrong = [
        (i, item) for i, item in enumerate(items) if "data-right" not in item.attrib
    ]
    if wrong:
        yield E.p(E.b("Mistakes to expect"))
    for i, item in wrong:
        said = E.p(*renamed_parts(item))
        said.insert(0, E.b(f"{LETTERS[i]}. " if chosen else ""))
        for verdict in said.xpath("./strong[1]"):
            verdict.drop_tree()
        yield said


def worked(example: HtmlElement, part: Part) -> Iterator[Slide]:
    """A worked example: its steps, and then the same steps with what they give."""
    about = example.xpath("./p[@class='about']")
    headline = without_links(about[0]) if about else E.p(part.title)
    headline.attrib.clear()
    steps = example.xpath(".//fieldset")
    texts = [without_links(step.xpath(".//*[@class='text']")[0]) for step in steps]
    made = []
    for answered in (False, True):
        kicker = f"{part.title}: {'what it gives' if answered else 'work it out'}"
        heights = [height_of_text(text) for text in texts]
        for some in filled(heights, room_below(headline)):
            items = [_step(steps[i], texts[i], answered=answered) for i in some]
            body = E.ol(*items, start=str(some.start + 1))
            kind = "answer" if answered else "question"
            slide = Slide(kind, kicker, deepcopy(headline), [body])
            if answered:
                reasons = ".//div[@class='explanation']/*"
                found = [each for i in some for each in steps[i].xpath(reasons)]
                slide.notes = [deepcopy(each) for each in found]
            else:
                slide.notes = [E.p(HOW["numeric"])]
            made.append(slide)
    # The letters stay where they are when the answers come.
    alike(made, [[*slide.body[0]] for slide in made])
    yield from made


def _step(step: HtmlElement, text: HtmlElement, *, answered: bool) -> HtmlElement:
    item = E.li(*renamed_parts(text))
    if answered:
        (key,) = step.xpath(".//*[@class='key']/strong")
        item.append(E.b(*renamed_parts(key), {"class": "right key"}))
    return item


def _choices(fieldset: HtmlElement) -> Iterator[HtmlElement]:
    """What there is to choose from, to order or to draw on."""
    kind, name = fieldset.get("data-kind"), fieldset.get("data-id")
    for choices in fieldset.xpath("./ol[@class='choices']"):
        texts = [renamed_parts(_text(choice)) for choice in choices]
        if kind in ("one", "several"):
            items = map(_with_hands, texts, LETTERS)
            yield E.ol(*items, {"class": "poll", "data-poll": name})
        else:
            yield E.ol(*[E.li(*text) for text in texts], type="A")
    for pool in fieldset.xpath("./ol[@class='pool']"):
        yield E.ol(*[E.li(E.code(line.text_content())) for line in pool], type="A")
    yield from (_drawn(each) for each in fieldset.xpath("./div[@class='pad']"))


def _text(choice: HtmlElement) -> HtmlElement:
    """The words of a choice."""
    return without_links(choice.xpath(".//span")[0])


def _with_hands(text: list[str | HtmlElement], letter: str) -> HtmlElement:
    """A choice with a place for the number of hands."""
    label = {"aria-label": f"Hands for {letter}", "placeholder": "hands"}
    number = {"type": "number", "min": "0", "max": "999", "inputmode": "numeric"}
    return E.li(E.b(letter), E.span(*text), E.input(number | label))


def _drawn(place: HtmlElement) -> HtmlElement:
    return E.div(*pictures([place]), {"class": "study sketch"})


def _answer(fieldset: HtmlElement) -> Iterator[HtmlElement]:
    """What is right, and why."""
    kind, name = fieldset.get("data-kind"), fieldset.get("data-id")
    (given,) = fieldset.xpath("./details//*[@class='solution']")
    if kind in ("one", "several"):
        rights = given.xpath("./ol[@class='feedback']/li")
        choices = fieldset.xpath("./ol[@class='choices']/li")
        items = []
        for choice, right, letter in zip(choices, rights, LETTERS, strict=False):
            is_right = "data-right" in right.attrib
            mark = [" ", E.i("✓ right")] if is_right else []
            text = E.span(*renamed_parts(_text(choice)), *mark)
            items.append(E.li(E.b(letter), text, E.output("")))
            if is_right:
                items[-1].set("class", "right")
        yield E.ol(*items, {"class": "poll", "data-poll": name})
    for key in given.xpath("./p[@class='key']/strong"):
        yield E.p(*renamed_parts(key), {"class": "number right"})
    for order in given.xpath("./ol[@class='order']"):
        yield E.ol(*[E.li(*renamed_parts(without_links(each))) for each in order])
    for code in given.xpath("./pre | ./div[contains(@class, 'highlight')]//pre"):
        yield E.pre(code.text_content())
    yield from (_drawn(each) for each in given.xpath("./div[@class='key']"))
    for reason in given.xpath("./*[@class='explanation']/*"):
        yield without_links(reason)
