"""Questions, cards and exercises as a worksheet: room to answer, answers at the end."""

from copy import deepcopy

from lxml.builder import E

from tools.build.formats.elements import renamed, renamed_parts, replace

LETTERS = "ABCDEFGHIJ"


def set_out(body) -> None:
    """Set out what a page of the site lets a reader answer."""
    answers, solutions = [], []
    for quiz in body.xpath('.//*[@data-study="quiz" or @data-study="worked"]'):
        answers += [answer(question) for question in quiz.xpath(".//fieldset")]
        listed = [question_of(question) for question in quiz.xpath(".//fieldset")]
        where = E.p(E.a("Answers", href="#answers"), " are at the end of this chapter.")
        replace(quiz, E.ol(*listed, {"class": "questions"}), where)
    for deck in body.xpath('.//*[@data-study="cards"]'):
        replace(deck, table_of(deck))
    for place in body.xpath('.//*[@class="help"]'):
        solutions += solution(place)
        replace(place, room("page", 4))
    if solutions:
        say_what_can_be_done(body)
    append(body, "answers", "Answers", E.ol(*answers) if answers else None)
    append(body, "solutions", "Solutions", E.div(*solutions) if solutions else None)


def say_what_can_be_done(body) -> None:
    """What a page of practice says to a reader of paper, who cannot press anything."""
    introduction = body.xpath("./section/p[1]")[0]
    chapter = introduction.find("a")
    for rest in chapter.itersiblings():
        introduction.remove(rest)
    chapter.tail = (
        ". There is room for what you work out. Answers and solutions are at the end."
    )
    for name, words in (
        ("quiz", "Mark the letters, or write on the lines."),
        ("flash-cards", "Cover the right half with a sheet, and say it aloud."),
        ("exercises", "Write below each task, or try it in a notebook on the site."),
    ):
        (section,) = body.xpath(f'./section/section[@id="{name}"]')
        first, *others = section.findall("p")
        replace(first, E.p(words))
        for other in others:
            other.drop_tree()


def room(size, lines=0):
    """Lines to write on; e-readers have none (epub.py)."""
    ruled = [E.div() for _ in range(lines)]
    return E.div(*ruled, {"class": f"room {size}", "aria-hidden": "true"})


def question_of(fieldset):
    """A question with its choices, as an item of a list."""
    text = renamed(fieldset.xpath('.//*[@class="text"]')[0], "div")
    choices = fieldset.xpath('./ol[@class="choices"]/li')
    content = [text]
    if choices:
        spans = [choice.xpath(".//span")[0] for choice in choices]
        letters = {"class": "choices", "type": "A"}
        content.append(E.ol(*[E.li(*renamed_parts(s)) for s in spans], letters))
    for pool in fieldset.xpath('./ol[@class="pool"]'):
        content += [deepcopy(pool), room("page", len(pool))]
    if fieldset.get("data-kind") in ("numeric", "ordering"):
        content.append(room("line"))
    content += pictures(fieldset.xpath('./div[@class="pad"]'))
    kind = fieldset.xpath('.//*[@class="count"]')[0].text_content().partition(" · ")[2]
    return E.li(E.p(kind.capitalize(), {"class": "kind"}), *content)


def answer(fieldset):
    """The answer to a question and why, as an item of a list."""
    (given,) = fieldset.xpath('./details//*[@class="solution"]')
    if fieldset.get("data-kind") == "lines":
        return E.li(*deepcopy(given.xpath("./*[not(self::ol)]")))
    key = given.xpath('./p[@class="key"]/strong')
    places = given.xpath('./ol[@class="order"]/li/@data-place')
    right = given.xpath('./ol[@class="feedback"]/li')
    drawn = pictures(given.xpath('./div[@class="key"]'))
    if key:
        short = key[0].text_content()
    elif drawn:
        short = "The curve"
    elif places:
        short = ", ".join(LETTERS[int(place)] for place in places)
    else:
        marked = (i for i, item in enumerate(right) if "data-right" in item.attrib)
        short = ", ".join(LETTERS[i] for i in marked)
    why = deepcopy(given.xpath('./*[@class="explanation"]')[0])
    first = why[0]
    first.insert(0, E.strong(f"{short}."))
    first[0].tail, first.text = f" {first.text or ''}", None
    return E.li(*why, *drawn)


def pictures(places):
    """The axes to draw on, or the right curve, with the names that SVG has in XML."""
    found = [deepcopy(picture) for place in places for picture in place.xpath("./svg")]
    for picture in found:
        picture.tail = None
        picture.set("viewBox", picture.attrib.pop("viewbox"))  # as the parser spells it
    return found


def table_of(deck):
    """A deck of cards as a table: fronts at the left, backs at the right."""
    rows = [
        E.tr(
            E.td(*deepcopy(card.xpath('./*[@class="front"]')[0])),
            E.td(*deepcopy(card.xpath('./*[@class="back"]/div')[0])),
        )
        for card in deck.xpath('.//*[@class="flash"]')
    ]
    heading = E.thead(E.tr(E.th("Front"), E.th("Back")))
    return E.table(heading, E.tbody(*rows), {"class": "table cards"})


def solution(place):
    """The hints and the solution of a task, below its heading."""
    section = next(place.iterancestors("section"))
    heading = section.xpath("./h2 | ./h3 | ./h4")[0]
    title = heading.text or heading.text_content()
    found = [E.p({"class": "label"}, E.a(title, href=f"#{section.get('id')}"))]
    for details in deepcopy(place).xpath("./details"):
        summary = details.find("summary")
        details.remove(summary)
        if (name := summary.text_content()) == "Solution":
            found += list(details)
        else:
            found.append(E.div({"class": "hint"}, E.b(f"{name}. "), *details))
    return found


def append(body, name, title, content):
    """Add a section at the end of the article, if there is something for it."""
    if content is not None:
        section = E.section(E.h2(title), content, id=name)
        body.find("section").append(section)
