"""Each lesson to watch as a film: the page itself, filmed picture by picture.

`planning` says what is seen when, `shell` opens the browser that draws it, `filming`
takes the pictures, `telling` writes captions, chapters and the description, `encoding`
puts all into one file, and `offering` links it from the site.
"""

from tools import ROOT

FILMS = ROOT / "_build" / "films"
