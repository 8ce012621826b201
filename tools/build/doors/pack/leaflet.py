"""The plan of a session on one sheet of paper."""

import re
from collections.abc import Iterator
from copy import deepcopy
from textwrap import shorten

from lxml import etree
from lxml.builder import E

from tools.build.doors.pack.plan import OPENING, POLL, Mistake, Plan, Poll, Step
from tools.build.formats.elements import renamed, renamed_parts

LETTERS = "ABCDEFGHIJ"
END = re.compile(r"(?<=[.?!])\s+|(?<=[.?!]\))\s+")
LONGEST, LONGEST_PICTURE = 150, 80  # characters of what is said of a figure
# How a sentence begins that asks for something.
ASKS = re.compile(
    r"(Compare|Divide|Drag|Find|Give|Guess|Look|Make|Move|Put|Say|Slide|Take|Then|Try"
    r"|Turn|Watch|With) |.*\?$"
)

Words = list  # texts and elements, in their order


def set_out(plan: Plan, slides: str = "", exam: str = ""):
    """What stands on the sheet, as an element.

    `slides` is their address, and `exam` where in the pack its paper lies, if they are.
    """
    start, rows = 0, []
    for step in plan.steps:
        rows.append(row(step, start, plan))
        start += step.minutes
    heads = [E.th(words) for words in ("Minutes", "Step", "Show", "Ask everybody")]
    body = E.section(
        E.p({"class": "kicker"}, f"Lesson plan for {start} minutes · {plan.part}"),
        E.h1(plan.title),
        E.div(
            {"class": "beside"},
            E.div(
                E.h2("After it they can"),
                E.ul(*[renamed(goal, "li") for goal in plan.goals]),
            ),
            E.div(E.h2("Have ready"), ready(plan, slides)),
        ),
        E.table({"class": "steps"}, E.thead(E.tr(*heads)), E.tbody(*rows)),
        E.h2("Mistakes to expect, and the questions in which they show"),
        E.ul({"class": "mistakes"}, *map(mistake, plan.mistakes)),
        E.h2("Afterwards"),
        afterwards(plan, exam),
        {"class": "plan", "id": plan.topic},
    )
    etree.strip_tags(body, "a")  # of the site: there is nothing to press on paper
    return body


def ready(plan: Plan, slides: str):
    """What to have at hand."""
    figures = sum(len(step.figures()) for step in plan.steps)
    chapter = ["The chapter on a screen: ", E.code(plan.address)]
    items = [
        E.li(*chapter, f"; {figures} figures move."),
        E.li("The worksheet, or the page of practice, for the numbers of questions."),
    ]
    if slides:
        items.append(E.li("The slides: ", E.code(slides), "."))
    words = (
        f"Of the time {plan.minutes['read']} minutes are to read or tell, "
        f"{plan.minutes['do']} to do, and {POLL} for each question to all: think "
        "alone, hands up, persuade a neighbour, hands up again."
    )
    return E.ul(*items, E.li(words))


def row(step: Step, start: int, plan: Plan):
    """A line of the session."""
    shown = [E.p(E.i(" · ".join(names)))] if (names := step.names()) else []
    shown.append(E.p(*join(list(show(step, plan)))))
    if step.is_closing():
        keys = [part for each in step.polls for part in (*key(each), "; ")][:-1]
        asked = [E.p("Check yourself: ", *keys, ".")] if keys else []
    else:
        asked = [E.p(*poll(each, step.title == OPENING)) for each in step.polls]
    return E.tr(
        E.td(f"{start}\N{EN DASH}{start + step.minutes}"),
        E.td(E.b(step.title)),
        E.td(*shown),
        E.td(*asked),
    )


def show(step: Step, plan: Plan) -> Iterator[Words]:
    """What to show in a step: figures, work by hand, code; or its first words."""
    if not step.sections:
        titles = [task.title for task in plan.tasks if task.level == 1]
        yield ["In pairs: ", E.i("; ".join(titles)), ". Go round and look."]
    elif step.is_closing():
        yield ["Everybody writes down three sentences. Compare with the key points."]
    else:
        figures, pictures = step.figures(), step.pictures()
        if not figures and not pictures and not step.worked():
            yield from opening_words(step)
        for prompt in figures:
            yield [E.b("Move: "), *request(prompt)]
        for picture in pictures:
            yield [E.b("Picture: "), first_words(picture)]
        if count := step.worked():
            yield [E.b("On the board: "), f"the worked example, {count} steps."]
        if cells := step.cells():
            yield [E.b("Run: "), f"{cells} cell{'s' * (cells > 1)}."]


def opening_words(step: Step) -> Iterator[Words]:
    """The first sentence of a step without figures; of the analogy, if it has one."""
    analogy = [s for s in step.sections if s.get("id") == "analogy"]
    label = [E.b("Analogy: ")] if analogy else []
    for section in analogy or step.sections[:1]:
        for paragraph in section.xpath("descendant-or-self::p"):
            (first, *_) = sentences(paragraph) or [[]]
            if flat(first).endswith((".", "?")):
                yield [*label, *first]
                return


def poll(asked: Poll, in_full: bool) -> Words:
    """A question with its key; in full with all that one can vote for."""
    text = [
        E.b({"class": "number"}, str(asked.number)),
        " ",
        *renamed_parts(asked.text),
    ]
    right = asked.key.split(", ")
    if not asked.choices or asked.kind == "ordering":
        return [*text, " ", E.span({"class": "key"}, f"✓ {asked.key}")]
    for letter, choice in zip(LETTERS, asked.choices, strict=False):
        words = renamed_parts(choice)
        if letter in right:
            text += [" ", E.span({"class": "key"}, f"✓ {letter} ", *words)]
        elif in_full:
            text += [" ", E.b(letter), " ", *words]
    return text


def key(asked: Poll) -> Words:
    """The number of a question, and its key."""
    number = E.b({"class": "number"}, str(asked.number))
    return [number, " ", E.span({"class": "key"}, asked.key)]


def mistake(mistake: Mistake):
    """A common error, and what to say."""
    said = [s for s in sentences(mistake.right) if not starts(s, "See ")]
    numbers = ", ".join(map(str, mistake.questions[:5]))
    return E.li(
        E.b(f"{mistake.title}. "),
        *join(said[:2]),
        E.span({"class": "number"}, f" {numbers}"),
    )


def afterwards(plan: Plan, exam: str):
    """What to give as homework, and what there is for an exam."""
    counts, minutes = plan.counts, plan.minutes
    items = [
        E.li(
            E.b("Homework, or a second session: "),
            f"the page of practice, about {minutes['practise']} minutes. It has "
            f"{counts['questions']} questions, {counts['cards']} cards and "
            f"{counts['exercises']} exercises.",
        )
    ]
    if minutes["assignment"]:
        release = E.code(f"python -m classroom release {plan.topic}")
        words = f"the assignment, {minutes['assignment']} minutes: "
        items.append(E.li(E.b("To be graded: "), words, release, "."))
    if exam:
        words = f"{counts['exam']} items that are nowhere public: "
        items.append(E.li(E.b("For an exam: "), words, E.code(exam), "."))
    return E.ul(*items)


def request(paragraph) -> Words:
    """What a paragraph above a figure asks for, or what it says of the figure."""
    said = [s for s in sentences(paragraph) if not starts(s, "(")]
    if len("".join(map(flat, said))) > LONGEST:
        said = [s for s in said if ASKS.match(flat(s))][-2:] or said[:2]
    words = join(said)
    if isinstance(words[-1], str):
        words[-1] = re.sub(":$", ".", words[-1])
    return words


def first_words(text: str) -> str:
    """How a description begins."""
    (sentence, *_) = END.split(text)
    return shorten(sentence, LONGEST_PICTURE, placeholder=" …")


def sentences(paragraph) -> list[Words]:
    """The sentences of a paragraph; what is in an element of its own stays whole."""
    found: list[Words] = [[]]
    whole = deepcopy(paragraph)
    texts = [(None, whole.text), *((child, child.tail) for child in whole)]
    for child, text in texts:
        if child is not None:
            child.tail = None
            found[-1].append(child)
        first, *others = END.split(text or "")
        found[-1].append(first)
        found += [[other] for other in others]
    return [sentence for sentence in found if flat(sentence)]


def join(said: list[Words]) -> Words:
    """Sentences one after the other."""
    return [part for sentence in said for part in (*sentence, " ")][:-1]


def flat(sentence: Words) -> str:
    """A sentence as text."""
    texts = (p if isinstance(p, str) else "".join(p.itertext()) for p in sentence)
    return "".join(texts).strip()


def starts(sentence: Words, words: str) -> bool:
    """Whether a sentence begins so."""
    return flat(sentence).startswith(words)
