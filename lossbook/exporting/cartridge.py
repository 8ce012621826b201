"""Common Cartridge 1.1: pages, links and checks in modules, for any learning system.

Version 1.1 is the one that Moodle reads and that Canvas writes.  What is refused or
changed here is what Moodle 4.1 would lose or turn into something else.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path
from urllib.parse import urlsplit

from ..study import Choice, Question
from .items import feedback, html, identifier, inline_html, write_zip

# Moodle gives every quiz four points in all, whatever it asks.
QUESTIONS = 4
SCHEMAS = "http://www.imsglobal.org/profile/cc/ccv1p1"
MANIFEST = f"""<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="%(name)s" xmlns="http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1"
 xmlns:lomimscc="http://ltsc.ieee.org/xsd/imsccv1p1/LOM/manifest"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
 xsi:schemaLocation="http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1
 {SCHEMAS}/ccv1p1_imscp_v1p2_v1p0.xsd http://ltsc.ieee.org/xsd/imsccv1p1/LOM/manifest
 {SCHEMAS}/LOM/ccv1p1_lommanifest_v1p0.xsd">
<metadata><schema>IMS Common Cartridge</schema><schemaversion>1.1.0</schemaversion>
<lomimscc:lom><lomimscc:general>
<lomimscc:title><lomimscc:string language="en"
>%(title)s</lomimscc:string></lomimscc:title>
<lomimscc:description><lomimscc:string language="en"
>%(about)s</lomimscc:string></lomimscc:description>
</lomimscc:general></lomimscc:lom></metadata>
<organizations><organization identifier="organization" structure="rooted-hierarchy">
<item identifier="root">
%(items)s
</item></organization></organizations>
<resources>
%(resources)s
</resources>
</manifest>
"""
LINK = f"""<?xml version="1.0" encoding="UTF-8"?>
<webLink xmlns="http://www.imsglobal.org/xsd/imsccv1p1/imswl_v1p1"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
 xsi:schemaLocation="http://www.imsglobal.org/xsd/imsccv1p1/imswl_v1p1
 {SCHEMAS}/ccv1p1_imswl_v1p1.xsd">
<title>%s</title><url href="%s" target="_blank"/></webLink>
"""
PAGE = """<!DOCTYPE html>
<html lang="en-GB"><head><meta charset="utf-8"><title>%s</title></head>
<body>%s</body></html>
"""
ASSESSMENT = f"""<?xml version="1.0" encoding="UTF-8"?>
<questestinterop xmlns="http://www.imsglobal.org/xsd/ims_qtiasiv1p2"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
 xsi:schemaLocation="http://www.imsglobal.org/xsd/ims_qtiasiv1p2
 {SCHEMAS}/ccv1p1_qtiasiv1p2p1_v1p0.xsd">
<assessment ident="%s" title="%s">%s
<section ident="root_section">%s</section></assessment>
</questestinterop>
"""
EXAM = {
    "cc_profile": "cc.exam.v0p1",
    "qmd_assessmenttype": "Examination",
    "qmd_scoretype": "Percentage",
    "qmd_feedbackpermitted": "Yes",
    "cc_maxattempts": "unlimited",
}
_CODE_BELOW = re.compile(r"`[^`]*<[^`\s][^`]*`")
_TAG_LIKE = re.compile(r"&lt;(?=\S)")


@dataclass(frozen=True)
class Link:
    """A link to a page of the course."""

    title: str
    address: str


@dataclass(frozen=True)
class Page:
    """A short page of its own; `body` is HTML without scripts, pictures and formulas.

    Its links lead to the site: those from page to page die in Moodle.
    """

    title: str
    body: str


@dataclass(frozen=True)
class Check:
    """A quiz of four questions, each with one right choice."""

    title: str
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class Folder:
    """Links below a heading of their own, within a module."""

    title: str
    links: tuple[Link, ...]


@dataclass(frozen=True)
class Module:
    """A part of the course, in the order in which its parts are shown."""

    title: str
    parts: tuple[Link | Page | Check | Folder, ...]


def checkable(questions: Iterable[Question]) -> tuple[Question, ...]:
    """Four questions that survive the way, those on different goals first.

    Numbers become texts that must be spelt alike, several choices are all right for
    whoever ticks every box, a choice ``0`` becomes an empty one, and ``<`` before a
    letter a tag.

    Raises
    ------
    ValueError
        If there are fewer than four.
    """
    fit = [question for question in questions if not fault(question)]
    first = {question.goal: question for question in reversed(fit)}
    spread = [question for question in fit if first[question.goal] is question]
    chosen = [*spread, *(question for question in fit if question not in spread)]
    if len(chosen) < QUESTIONS:
        raise ValueError(
            f"a check needs {QUESTIONS} questions with one right choice, and only "
            f"{len(chosen)} of these survive in a cartridge"
        )
    return tuple(sorted(chosen[:QUESTIONS], key=fit.index))


def fault(question: Question) -> str:
    """Why a question cannot be asked in a cartridge, or nothing."""
    if question.kind != "one":
        return f"is of the kind {question.kind!r}, and only 'one' survives"
    if any(choice.text.strip(" $`") == "0" for choice in question.choices):
        return "has the choice 0, which Moodle leaves empty"
    texts = [question.text, question.explanation]
    texts += [part for c in question.choices for part in (c.text, feedback(c))]
    if any(map(_CODE_BELOW.search, texts)):
        return "has code with a < that Moodle takes for a tag"
    return ""


def write(path: Path, title: str, about: str, modules: tuple[Module, ...]) -> None:
    """Write the cartridge to `path`.

    Raises
    ------
    ValueError
        If a check is not made of four questions that survive, or a link is no address
        of the web.
    """
    files: dict[str, bytes] = {}
    items = "\n".join(
        f'<item identifier="m{number}"><title>{escape(module.title)}</title>'
        f"{''.join(_items(module.parts, f'm{number}', files))}</item>"
        for number, module in enumerate(modules, 1)
    )
    manifest = MANIFEST % {
        "name": f"m_{identifier('cartridge', title, digits=8)}",
        "title": escape(title),
        "about": escape(about),
        "items": items,
        "resources": "\n".join(map(_resource, files)),
    }
    write_zip(path, {"imsmanifest.xml": manifest.encode(), **files})


def _items(parts: Iterable, above: str, files: dict[str, bytes]) -> Iterator[str]:
    """The parts as the contents name them; `files` receives what each is."""
    for number, part in enumerate(parts, 1):
        name = f"{above}_{number}"
        refers, inside = f' identifierref="r_{name}"', ""
        if isinstance(part, Folder):
            refers, inside = "", "".join(_items(part.links, name, files))
        elif isinstance(part, Link):
            files[f"links/{name}.xml"] = _link(part).encode()
        elif isinstance(part, Page):
            text = PAGE % (escape(part.title), part.body)
            files[f"pages/{name}.html"] = text.encode()
        else:
            files[f"checks/{name}.xml"] = _assessment(part, name).encode()
        heading = f"<title>{escape(part.title)}</title>"
        yield f'<item identifier="i_{name}"{refers}>{heading}{inside}</item>'


def _resource(file: str) -> str:
    folder, name = file.rsplit(".", 1)[0].split("/")
    kind = {
        "links": 'type="imswl_xmlv1p1"',
        "pages": f'type="webcontent" href="{file}"',
        "checks": 'type="imsqti_xmlv1p2/imscc_xmlv1p1/assessment"',
    }[folder]
    inside = f'<file href="{file}"/>'
    return f'<resource identifier="r_{name}" {kind}>{inside}</resource>'


def _link(link: Link) -> str:
    parts = urlsplit(link.address)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise ValueError(
            f"the link {link.title!r} leads to {link.address!r}; in a cartridge links "
            "need the whole address, with https:// before it"
        )
    return LINK % (escape(link.title), escape(link.address))


def _assessment(check: Check, name: str) -> str:
    faults = [f"{q.id} {fault(q)}" for q in check.questions if fault(q)]
    if len(check.questions) != QUESTIONS:
        faults.append(f"it has {len(check.questions)} questions, not {QUESTIONS}")
    if faults:
        raise ValueError(f"the check {check.title!r}: {'; '.join(faults)}")
    asked = "".join(map(_question, check.questions))
    return ASSESSMENT % (name, escape(check.title), _fields("qtimetadata", EXAM), asked)


def _question(question: Question) -> str:
    choices = list(enumerate(question.shuffled()))
    labels = "".join(
        f'<response_label ident="c{place}">{_material(inline_html(choice.text))}'
        "</response_label>"
        for place, choice in choices
    )
    told = {f"f{place}": html(feedback(c)) for place, c in choices if c.feedback}
    told["general_fb"] = html(question.explanation)
    return (
        f'<item ident="q_{identifier(question.id, digits=12)}" '
        f'title="{escape(question.id)}"><itemmetadata>'
        + _fields(
            "qtimetadata",
            {"cc_profile": "cc.multiple_choice.v0p1", "cc_weighting": "1"},
        )
        + f"</itemmetadata><presentation>{_material(html(question.text))}"
        '<response_lid ident="response" rcardinality="Single">'
        f"<render_choice>{labels}</render_choice></response_lid></presentation>"
        '<resprocessing><outcomes><decvar maxvalue="100" minvalue="0" varname="SCORE" '
        'vartype="Decimal"/></outcomes>'
        '<respcondition title="General Feedback" continue="Yes"><conditionvar><other/>'
        '</conditionvar><displayfeedback feedbacktype="Response" '
        'linkrefid="general_fb"/></respcondition>'
        + "".join(_condition(place, choice) for place, choice in choices)
        + "</resprocessing>"
        + "".join(
            f'<itemfeedback ident="{name}"><flow_mat>{_material(text)}</flow_mat>'
            "</itemfeedback>"
            for name, text in told.items()
        )
        + "</item>"
    )


def _condition(place: int, choice: Choice) -> str:
    """What happens to whoever takes this choice."""
    points = '<setvar action="Set" varname="SCORE">100</setvar>' * choice.right
    says = f'<displayfeedback feedbacktype="Response" linkrefid="f{place}"/>'
    return (
        '<respcondition continue="No"><conditionvar>'
        f'<varequal respident="response" case="Yes">c{place}</varequal></conditionvar>'
        f"{points}{says * bool(choice.feedback)}</respcondition>"
    )


def _material(text: str) -> str:
    """HTML in which no ``<`` that was written stands before a letter."""
    spaced = _TAG_LIKE.sub("&lt; ", text)
    return (
        f'<material><mattext texttype="text/html">{escape(spaced)}</mattext></material>'
    )


def _fields(element: str, values: dict[str, str]) -> str:
    fields = "".join(
        f"<qtimetadatafield><fieldlabel>{label}</fieldlabel>"
        f"<fieldentry>{entry}</fieldentry></qtimetadatafield>"
        for label, entry in values.items()
    )
    return f"<{element}>{fields}</{element}>"
