"""Say the lessons aloud, sentence by sentence, with voices made by a machine.

`script` says what has to be said and whether a recording still fits, `pronunciation`
how a voice should say it; both need nothing but lossbook.  `voice`, `mastering` and
`hearing` need the packages of `requirements/audio.txt`, which `environment` installs
into an environment of their own.
"""
