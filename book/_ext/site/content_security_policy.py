"""What a page may load and run, said in the page itself, and for hosts in a file.

Scripts come from the site alone; the few that stand in a page are named by the hash of
their text, so that none that slips in can run.  Scripts with a type are data, and need
no leave.  Style attributes are allowed: some figures keep their height free by one.
"""

import base64
import hashlib
import re

from lxml import html

from .page import Site

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
NAMED_BY_CONTENT = re.compile(r"\.([0-9a-f]{10}|[0-9A-Z]{8})\.\w+$")


def state(site: Site) -> None:
    """Give every page its policy, before anything that it rules."""
    for page in site.pages:
        inline = page.all("//script[not(@src) and not(@type)]")
        hashes = dict.fromkeys(hash_of(script.text or "") for script in inline)
        content = POLICY.format(hashes="".join(f" '{each}'" for each in hashes))
        about = {"http-equiv": "Content-Security-Policy", "content": content}
        page.one("//meta[@charset]").addnext(html.Element("meta", about))


def hash_of(script: str) -> str:
    """What a policy calls a script that stands in a page."""
    digest = hashlib.sha256(script.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"


def write_headers(site: Site) -> None:
    """Write the file for hosts."""
    names = sorted(path.name for path in site.static.iterdir())
    kept = [KEPT.format(name=name) for name in names if NAMED_BY_CONTENT.search(name)]
    text = HEADERS.format(kept="".join(kept))
    (site.out / "_headers").write_text(text, "utf-8", newline="\n")
