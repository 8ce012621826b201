"""Slips of paper: for each student the address, the login and the code."""

import html
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from .state import Account

PAGE = """<!DOCTYPE html>
<html lang="en">
<meta charset="utf-8">
<title>Slips</title>
<style>
body { font: 12pt/1.5 sans-serif; margin: 1cm }
main { display: grid; grid-template-columns: repeat(auto-fill, minmax(8cm, 1fr)) }
section { border: 1px dashed; margin: -1px 0 0 -1px; padding: 0.6cm;
  break-inside: avoid }
h2 { font-size: 14pt; margin: 0 }
dl { display: grid; grid-template-columns: auto 1fr; gap: 0 0.5cm; margin: 0 }
dd { margin: 0; overflow-wrap: anywhere }
code { font: 13pt monospace }
@media print { p { display: none } }
</style>
<p>Print this page, cut it, hand the slips out, and delete the file: who reads it can
log in as anybody. Lost codes are made anew with <code>--new-code LOGIN</code>.</p>
<main>
{slips}
</main>
</html>
"""
SLIP = """<section>
<h2>{name}</h2>
<dl>
<dt>Address</dt><dd>{address}</dd>
<dt>Short name</dt><dd><code>{login}</code></dd>
<dt>Code</dt><dd><code>{code}</code></dd>
</dl>
</section>"""


def page(given: Sequence[tuple[Account, str]], address: str) -> str:
    """A page with a slip for each account and its code."""
    return PAGE.replace("{slips}", "\n".join(_slips(SLIP, given, address, html.escape)))


def text(given: Sequence[tuple[Account, str]], address: str) -> str:
    """The same as plain text."""
    form = "{name}\n  {address}\n  short name  {login}\n  code  {code}\n"
    return "\n".join(_slips(form, given, address, str))


def write(path: Path, given: Sequence[tuple[Account, str]], address: str) -> None:
    """Write the slips, which nobody else may read: text to a `.txt`, else a page."""
    made = text if path.suffix == ".txt" else page
    path.unlink(missing_ok=True)
    path.touch(mode=0o600)
    path.write_text(made(given, address), "utf-8")


def _slips(
    form: str,
    given: Sequence[tuple[Account, str]],
    address: str,
    escape: Callable[[str], str],
) -> Iterator[str]:
    for account, code in given:
        yield form.format(
            name=escape(account.student or "For the instructor"),
            address=escape(address),
            login=escape(account.login),
            code=code,
        )
