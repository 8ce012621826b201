"""What a page may load and run, said in the page itself, and for hosts in a file.

Scripts come from the site alone; the few that stand in a page are named by the hash of
their text, so that none that slips in can run.  Style attributes are allowed, for some
figures keep their height free by one.
"""

import base64
import hashlib
import re
from pathlib import Path

# Scripts with another type are data, and need no leave.
INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)
CHARSET = re.compile(r'<meta charset="[^"]*"\s*/?>')
POLICY = (
    "default-src 'self'; script-src 'self'{hashes}; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; media-src 'self' blob:; font-src 'self' data:; "
    "object-src 'none'; base-uri 'self'; form-action 'self'"
)
# Hosts such as Netlify and Cloudflare Pages read this; others may copy it.  Files in
# _static are named after their content, but for those that Sphinx's search asks for.
HEADERS = """/*
  X-Content-Type-Options: nosniff
  Referrer-Policy: strict-origin-when-cross-origin
  Permissions-Policy: camera=(), geolocation=(), microphone=()
  Content-Security-Policy: frame-ancestors 'self'
{kept}"""
KEPT = "/_static/{name}\n  Cache-Control: public, max-age=31536000, immutable\n"
# JupyterLite and what it runs bring their own.
NOT_OURS = {"lite", "pyodide", "_static", "_sources"}
NAMED_BY_CONTENT = re.compile(r"\.[0-9a-f]{10}\.\w+$")


def with_policy(html: str) -> str:
    """A page that says what it may load."""
    hashes = "".join(
        f" 'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
        for text in dict.fromkeys(INLINE.findall(html))
    )
    policy = POLICY.format(hashes=hashes)
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    return CHARSET.sub(lambda found: found[0] + meta, html, count=1)


def write(app, exception):
    """Give every page its policy, and write the file for hosts."""
    if exception or app.builder.name != "html":
        return
    static, out = Path(app.outdir, "_static"), Path(app.outdir)
    for path in sorted(out.rglob("*.html")):
        if NOT_OURS & set(path.relative_to(out).parts):
            continue
        text = with_policy(path.read_text("utf-8"))
        path.write_text(text, "utf-8", newline="\n")
    names = sorted(p.name for p in static.iterdir() if NAMED_BY_CONTENT.search(p.name))
    kept = "".join(KEPT.format(name=name) for name in names)
    (out / "_headers").write_text(HEADERS.format(kept=kept), "utf-8", newline="\n")


def setup(app):
    """Connect to Sphinx: last, when the pages are as readers get them."""
    app.connect("build-finished", write, priority=990)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
