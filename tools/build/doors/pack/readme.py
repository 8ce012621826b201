"""The first page of the pack: what is in it, and what to do with it."""

from collections.abc import Collection

from lxml import html
from lxml.builder import E

from tools.build.doors.pack.plan import SESSION, Plan

STYLE = """
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif }
body { max-width: 50rem; margin: 2rem auto; padding: 0 1rem }
div { overflow-x: auto }
table { border-collapse: collapse }
th, td { padding: .35em 1.2em .35em 0; text-align: left; vertical-align: top;
  border-bottom: 1px solid #8888 }
td { white-space: nowrap }
"""
# The files of a topic, by what their link says.
FILES = {
    "plans/{}-plan.pdf": "plan",
    "worksheets/{}-worksheet.pdf": "worksheet",
    "answers/{}-worksheet-answers.pdf": "with answers",
    "exams/{}-exam.pdf": "exam",
    "answers/{}-exam-answers.pdf": "with answers",
}
HEADS = (
    "Chapter",
    "Plan",
    "For students",
    "For you",
    "For the day",
    "For you",
    "Slides",
)


def page(
    about: dict,
    address: str,
    plans: list[Plan],
    files: Collection[str],
    slides: dict[str, str],
) -> str:
    """The page.

    `files` are the names of what there is, `slides` where they are, and `address` is
    where the site is published, or nothing.
    """
    rows = [E.tr(*[E.th(words, scope="col") for words in HEADS])]
    for each in plans:
        links = [
            linked(place.format(each.topic), files, words)
            for place, words in FILES.items()
        ]
        cells = [E.td(*cell) for cell in (*links, at(slides, each.topic))]
        rows.append(E.tr(E.th(each.title, scope="row"), *cells))
    title = "Teacher's pack"
    body = E.body(
        E.h1(f"{title} of {about['title']}"),
        E.p(
            E.strong("It holds keys. "),
            "Hand out worksheets, and on the day the papers of exams; nothing else. "
            "The items of the exams are nowhere public, as long as they stay with you.",
        ),
        E.div(E.table(*rows), tabindex="0"),
        E.h2("What is what"),
        E.ul(*[E.li(*words) for words in explained(files, slides)]),
        E.p(*imprint(about, address)),
    )
    head = E.head(
        E.meta(charset="utf-8"),
        E.meta(name="viewport", content="width=device-width"),
        E.title(title),
        E.style(STYLE),
    )
    whole = E.html(head, body, lang="en-GB")
    return html.tostring(whole, encoding="unicode", doctype="<!DOCTYPE html>") + "\n"


def explained(files: Collection[str], slides: dict[str, str]):
    """Each kind of thing, and what one does with it."""
    yield [
        E.b("Plans. "),
        f"A session of {SESSION} minutes on one sheet: goals, steps with their times, "
        "what to show, what to ask everybody, mistakes to expect, homework. Questions "
        "have the numbers of the worksheet and of the page of practice.",
    ]
    yield [
        E.b("Exams. "),
        "A paper in the versions A, B and C, with other numbers where a question has "
        "any. The same items for Moodle: in the question bank, import ",
        *linked("exams/moodle/lossbook-exam.xml", files),
        " as Moodle XML. For Canvas there is a file for each chapter in ",
        E.code("exams/canvas"),
        ": import it as a QTI .zip file. Whoever imports twice has everything twice.",
    ]
    if slides:
        yield [E.b("Slides. "), "They are on the site, and their figures move there."]
    else:
        yield [E.b("Slides"), " are missing: nobody had built them. ", *all_of_it()]
    cartridges = sorted(name for name in files if name.startswith("cartridge/"))
    if cartridges:
        names = [part for name in cartridges for part in (", ", *linked(name, files))]
        yield [
            E.b("Cartridge. "),
            "The course as modules, for programs that import Common Cartridge: ",
            *names[1:],
            ".",
        ]
    else:
        yield [E.b("The cartridge"), " is missing: nobody had built it. ", *all_of_it()]


def all_of_it() -> list:
    """How to get all of it."""
    return [E.code("make doors"), " builds all, and the pack last."]


def linked(place: str, files: Collection[str], words: str = "") -> list:
    """A link to a file, by words or by its name, if there is one."""
    return (
        [E.a(words or place.rpartition("/")[2], href=place)] if place in files else []
    )


def at(slides: dict[str, str], topic: str) -> list:
    """Where the slides are; a link where it is known where the site is."""
    address = slides.get(topic, "")
    if not address.startswith("http"):
        return [E.code(address)] if address else []
    return [E.a("slides", href=address)]


def imprint(about: dict, address: str) -> list:
    """Which version it is, and where the course is, if that is known."""
    words = f"Version {about['version']}, {about['day']}. {about['licence']}"
    known = [" The course: ", E.a(address, href=address), "."] if address else []
    return [words, *known]
