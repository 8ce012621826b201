"""Pages without what neither a browser nor a style sheet reads: half a kilobyte each.

Names that Sphinx gives to everything, wrappers without a look of their own, blanks
between tags.  What is in `pre` stays as it is.
"""

import re

AS_IT_IS = re.compile(r"(<(pre|script|style)\b.*?</\2>)", re.DOTALL)
DROPPED = [
    (re.compile(pattern), instead)
    for pattern, instead in [
        (r"\s*\n\s*", "\n"),
        (r'<span class="std std-(?:ref|doc)">(.*?)</span>(?=</a>)', r"\1"),
        (r' class="reference (?:internal|external)"', ""),
        (r'(?<=class=")(?:current )?reference internal ?', ""),
        (r'(?<=class=")toc-h\d nav-item ', ""),
        (r"docutils literal notranslate", "literal"),
        (r'(?<=\w) (?:notranslate)(?=")', ""),
        (r' class="row-(?:odd|even)"', ""),
        # What it would join to the formula, its TeX, is dropped as well.
        (r"</?semantics>", ""),
        # The second of two: Sphinx and docutils write one each.
        (r'<meta name="viewport" content="width=device-width, initial-scale=1" />', ""),
        # Not left out but tied: no line begins with the sign of a number.
        (r"(?<=\d) %", "\N{NO-BREAK SPACE}%"),
        # Only where HTML knows no end: in a formula or drawing, the slash is the end.
        (r"(<(?:br|col|hr|img|input|link|meta)\b[^>]*?) ?/>", r"\1>"),
    ]
]


def compact(html: str) -> str:
    """The same page, smaller."""
    parts = AS_IT_IS.split(html)
    texts = [drop(text) for text in parts[::3]]
    kept = [*parts[1::3], ""]
    return "".join(text + same for text, same in zip(texts, kept, strict=True))


def drop(text):
    """A piece of a page without all that."""
    for pattern, instead in DROPPED:
        text = pattern.sub(instead, text)
    return text
