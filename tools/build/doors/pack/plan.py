"""The plan of a session on a chapter, derived from what the course says of itself.

The steps are the chapter's own sections.  Its minutes are shared out by what there is
to read in each and what to do; questions to poll are those of its page of practice,
and mistakes to expect are those that the question bank knows.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

from lossbook import exercises
from lossbook.study import bank
from lossbook.study.goals import goals
from lossbook.topics import COURSE
from tools import ROOT
from tools.build import book
from tools.build.formats import worksheet
from tools.build.formats.elements import parsed

SESSION = 90  # minutes
POLL = 3  # minutes: think alone, hands up, persuade a neighbour, hands up again
REST = 5  # minutes that are worth a step of their own
LONG = 20  # minutes from which a section makes two steps
# What a step takes of the minutes for doing, beside one cell of code.
FIGURE, STEP_BY_HAND = 4, 2
MISTAKES = 5
TAUGHT = 2  # choices that lead back count as much as a goal that is taught there
# Sections that make one step together, and its name.
OPENING = "Guess first"
TOGETHER = {
    "overview": "The idea",
    "dialogue": "The idea",
    "analogy": "The idea",
    "key-points": "Key points",
    "check-yourself": "Key points",
}
LEFT_OUT = {"goals", "read-more"}
EXERCISES = "Begin the exercises"
CLASSROOM = ROOT / "classroom"
ASSIGNMENTS, EXAM = CLASSROOM / "assignments" / "source", CLASSROOM / "questions"


@dataclass(frozen=True)
class Poll:
    """A question of the page of practice, to be asked of everybody."""

    number: int
    key: str
    fieldset: Any
    kind: str

    @property
    def text(self):
        """What is asked."""
        return self.fieldset.xpath('.//*[@class="text"]')[0]

    @property
    def choices(self) -> list:
        """What one can vote for, in the order of the page."""
        return self.fieldset.xpath('./ol[@class="choices"]/li//span')


@dataclass
class Step:
    """A part of the session, made of one section of the chapter or of several."""

    title: str
    sections: list = field(default_factory=list)
    polls: list[Poll] = field(default_factory=list)
    minutes: int = 0

    def is_closing(self) -> bool:
        """Whether it is the one that looks back."""
        return self.title == TOGETHER["key-points"]

    def names(self) -> list[str]:
        """The headings inside of it."""
        below = _found(self.sections, "self::section/h3 | ./section/h3")
        is_idea = len(self.sections) > 1 and not self.is_closing()
        own = _found(self.sections, "./h2") if is_idea else []
        return [words(heading) for heading in (*own, *below)]

    def figures(self) -> list:
        """The figures that move, each with the paragraph that says what to do."""
        figures = _found(self.sections, 'descendant::*[@class="explorer"]')
        before = "preceding::p[not(ancestor::*[@class='explorer'])][1]"
        return [figure.xpath(before)[0] for figure in figures]

    def pictures(self) -> list[str]:
        """What the figures that stand still show."""
        pictures = _found(self.sections, './/img[not(ancestor::*[@class="explorer"])]')
        return [picture.get("alt") for picture in pictures if picture.get("alt")]

    def cells(self) -> int:
        """How many cells of code there are to run."""
        return len(_found(self.sections, './/*[contains(@class, "cell_input")]'))

    def worked(self) -> int:
        """How many steps its worked example has."""
        return len(_found(self.sections, './/*[@data-study="worked"]//fieldset'))

    def reading(self) -> int:
        """How many words it has."""
        apart = "ancestor::*[contains(@class, 'cell') or @data-recording]"
        texts = _found(self.sections, f".//text()[not({apart})]")
        return len(" ".join(texts).split())

    def doing(self) -> int:
        """How much there is to do, in cells of code."""
        by_hand = STEP_BY_HAND * self.worked()
        return self.cells() + FIGURE * len(self.figures()) + by_hand


@dataclass(frozen=True)
class Mistake:
    """A common error, what is right, and the questions in which it shows."""

    title: str
    right: Any
    questions: list[int]


@dataclass(frozen=True)
class Plan:
    """A session, and what comes after it."""

    topic: str
    title: str
    part: str
    address: str
    goals: list
    steps: list[Step]
    mistakes: list[Mistake]
    minutes: dict[str, int]  # for one learner: read, do, practise, assignment
    counts: dict[str, int]  # what there is to practise
    tasks: list


def plan_of(site: Path, topic: str, address: str = "") -> Plan:
    """The plan of the session on a topic, from the pages of the built site.

    `address` is where that is published, with a slash at its end, or nothing.

    Raises
    ------
    BuildError
        If the site lacks a page that the plan is made from, or is old.
    """
    chapter = page(site, topic)
    (whole,) = chapter.xpath("//article/section")
    practice = page(site, f"{topic}_practice")
    polls = {poll.fieldset.get("data-id"): poll for poll in asked(practice)}
    if list(polls) != [question.id for question in bank.questions(topic)]:
        raise book.BuildError(
            f"The page {topic}_practice has other questions than the bank has now. "
            "Build the site again: make book"
        )
    minutes = minutes_of(topic)
    steps = parts(whole)
    share_out(steps, minutes["read"], minutes["do"])
    steps = [half for step in steps for half in halves(step)]
    share_out(steps, minutes["read"], minutes["do"])
    give_polls(steps, topic, polls)
    fill(steps)
    tasks = exercises.of_topic(topic)
    return Plan(
        topic=topic,
        title=whole.xpath("./header/h1")[0].text_content().strip(),
        part="The course" if topic in COURSE else "Further losses",
        address=f"{address}book/{topic}.html",
        goals=whole.xpath('./section[@id="goals"]/ol/li'),
        steps=steps,
        mistakes=mistakes(page(site, "common_errors"), topic, polls),
        minutes=minutes,
        counts={
            "questions": len(polls),
            "cards": len(bank.cards(topic)),
            "exercises": len(tasks),
            "exam": len(bank.questions(topic, EXAM)) if topic in COURSE else 0,
        },
        tasks=tasks,
    )


def page(site: Path, name: str):
    """The tree of a page of the book, without what no paper shows."""
    path = site / "book" / f"{name}.html"
    if not path.is_file():
        raise book.BuildError(f"{path} is missing. Build the site first: make book")
    tree = parsed(path)
    for place in tree.xpath('//annotation | //a[@class="headerlink"] | //template'):
        place.drop_tree()
    for place in tree.xpath("//*[@data-paper] | //*[@data-paper]//span[not(@*)]"):
        place.drop_tag()  # what is said otherwise on paper; a plan is for a screen, too
    return tree


def minutes_of(topic: str) -> dict[str, int]:
    """The minutes that the notebooks of a topic say."""
    chapter = _minutes(ROOT / "book" / f"{topic}.ipynb")
    practice = _minutes(ROOT / "book" / f"{topic}_practice.ipynb")
    assignment = _minutes(ASSIGNMENTS / topic / f"{topic}_assignment.ipynb")
    return {
        "read": chapter["read"],
        "do": chapter["do"],
        "practise": sum(practice.values()),
        "assignment": sum(assignment.values()),
    }


def _minutes(path: Path) -> dict[str, int]:
    if not path.exists():
        return {}
    return json.loads(path.read_text("utf-8"))["metadata"]["lossbook"]["minutes"]


def asked(practice) -> Iterator[Poll]:
    """The questions of a page of practice, numbered as they are there."""
    fieldsets = practice.xpath('//*[@data-study="quiz"]//fieldset')
    for number, fieldset in enumerate(fieldsets, 1):
        kind = fieldset.get("data-kind")
        short = worksheet.answer(fieldset).xpath(".//strong")
        key = "".join(short[0].itertext()).rstrip(".") if short else ""
        yield Poll(number, key, fieldset, kind)


def parts(whole) -> list[Step]:
    """The steps of a session: the sections of a chapter, those of a kind together."""
    before = [part for part in whole if part.tag not in ("section", "header")]
    steps = {OPENING: Step(OPENING, before)}
    for section in whole.xpath("./section"):
        name = section.get("id")
        if name not in LEFT_OUT:
            title = TOGETHER.get(name) or words(section[0])
            steps.setdefault(title, Step(title)).sections.append(section)
    return list(steps.values())


def give_polls(steps: list[Step], topic: str, polls: dict[str, Poll]) -> None:
    """Give each step the questions that it asks, or one that leads back to it."""
    for step in steps:
        ids = [place.get("data-id") for place in _found(step.sections, ".//fieldset")]
        step.polls = [polls[name] for name in ids if name in polls]
    known = {poll.number for step in steps for poll in step.polls}
    for step in steps:
        places = set(_found(step.sections, "descendant-or-self::section/@id"))
        if not step.polls and (poll := best(topic, places, polls, known)):
            step.polls = [poll]
            known.add(poll.number)


def best(topic: str, places: set, polls: dict[str, Poll], known: set) -> Poll | None:
    """The question that most asks for what is taught in these places.

    Its goal is taught there, or its choices say to read again there.
    """
    here = {f"{topic}.ipynb#{place}" for place in places}
    taught = {goal.id for goal in goals(topic) if goal.read in here}
    found = []
    for question in bank.questions(topic):
        poll = polls[question.id]
        back = sum(choice.read in here for choice in question.choices)
        weight = back + TAUGHT * (question.goal in taught)
        if question.kind == "one" and poll.number not in known and weight:
            found.append((weight, -poll.number, poll))
    return max(found)[2] if found else None


def share_out(steps: list[Step], read: int, do: int) -> None:
    """Give the steps the minutes of a chapter, by what there is to read and to do."""
    reading = sum(step.reading() for step in steps) or 1
    doing = sum(step.doing() for step in steps) or 1
    shares = [
        read * step.reading() / reading + do * step.doing() / doing for step in steps
    ]
    for step, share in zip(steps, whole_numbers(shares, read + do), strict=True):
        step.minutes = share


def halves(step: Step) -> list[Step]:
    """The step, or if it is long two steps, which part at a heading inside of it."""
    (section, *others) = step.sections
    inside = [] if others else section.xpath("./section")
    if step.minutes <= LONG or not inside:
        return [step]
    parted: list[tuple[float, int, list[Step]]] = []
    for heading in inside:
        place = section.index(heading)
        name = words(heading[0])
        pair = [Step(step.title, section[:place]), Step(name, section[place:])]
        loads = [each.reading() / step.reading() for each in pair]
        parted.append((abs(loads[0] - loads[1]), len(parted), pair))
    return min(parted)[2]


def fill(steps: list[Step]) -> None:
    """Add the minutes of the polls; what is over in the session is for exercises.

    The last step gets it if it is too short.
    """
    fewer_polls(steps, (SESSION - sum(step.minutes for step in steps)) // POLL)
    for step in steps:
        step.minutes += POLL * len(step.polls)
    over = SESSION - sum(step.minutes for step in steps)
    if over >= REST:
        steps.append(Step(EXERCISES, minutes=over))
    elif over > 0:
        steps[-1].minutes += over


def fewer_polls(steps: list[Step], most: int) -> None:
    """Leave out polls for which there is no time, the first and last step's at last."""
    middle = steps[1:-1]
    while sum(len(step.polls) for step in steps) > max(0, most):
        fullest = max(steps, key=lambda s: (len(s.polls), s in middle, -s.reading()))
        fullest.polls.pop()


def whole_numbers(shares: list[float], total: int) -> list[int]:
    """A total in whole parts, as near to the shares as they can be.

    >>> whole_numbers([1, 1, 4], 10)
    [2, 1, 7]
    """
    ends = [round(end / sum(shares) * total) for end in accumulate(shares)]
    return [end - start for start, end in pairwise([0, *ends])]


def mistakes(errors, topic: str, polls: dict[str, Poll]) -> list[Mistake]:
    """The common errors that most questions on a topic show, most of them first."""
    shown: dict[str, set[int]] = defaultdict(set)
    for question in bank.questions(topic):
        wrong: Iterable[Any] = (*question.choices, *question.mistakes, *question.lines)
        for each in wrong:
            if each.misconception:
                shown[each.misconception].add(polls[question.id].number)
    ordered = sorted(shown, key=lambda name: -len(shown[name]))  # ties: as in the bank
    right = dict(corrections(errors))
    return [Mistake(n, right[n], sorted(shown[n])) for n in ordered[:MISTAKES]]


def corrections(errors) -> Iterator[tuple[str, Any]]:
    """What is right, of each common error."""
    for section in errors.xpath("//article//section[h2]"):
        for paragraph in section.xpath('./p[strong="Right."]'):
            right = deepcopy(paragraph)
            right[0].drop_tree()
            yield words(section[0]), right


def words(element) -> str:
    """A heading as text, a formula once."""
    drawn = "ancestor::*[@class='katex-html']"
    return " ".join("".join(element.xpath(f".//text()[not({drawn})]")).split())


def _found(places: list, path: str) -> list:
    """What a path finds in any of these places, in their order."""
    return [found for place in places for found in place.xpath(path)]
