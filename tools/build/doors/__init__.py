"""The course as others take it in: slides, SCORM, a cartridge, a pack for teachers."""

from tools.build.book import BUILD

DOORS = BUILD / "doors"
# What the site may offer. All else, such as the pack with its keys, is for teachers.
PUBLIC = ("slides", "scorm", "cartridge")
