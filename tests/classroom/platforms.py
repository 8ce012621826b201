"""What Moodle and Canvas write and read, as their sources do it.

The files in `moodle` were written by a Moodle 4.1; their people are invented.  Those of
Canvas are written here in the form that its source gives them.
"""

import csv
import io
from pathlib import Path

FILES = Path(__file__).parent / "moodle"
ROUNDS = [
    (name, form) for name in ("mse", "group", "blind") for form in ("folders", "flat")
]


def archive(name, form):
    """An archive of what was handed in."""
    return FILES / f"{name}_{form}.zip"


def worksheet(name):
    """Moodle's grading worksheet beside it."""
    return FILES / f"{name}_worksheet.csv"


# Words of a Moodle in German, in its own letters.
GERMAN = {
    "Identifier": '"ID"',
    '"Full name"': '"Vollständiger Name"',
    '"Email address"': "E-Mail-Adresse",
    "Status": "Status",
    "Group": "Gruppe",
    "Grade": "Bewertung",
    '"Maximum Grade"': '"Beste Bewertung"',
    '"Grade can be changed"': '"Bewertung kann geändert werden"',
    '"Last modified (submission)"': '"Zuletzt geändert (Abgabe)"',
    '"Last modified (grade)"': '"Zuletzt geändert (Bewertung)"',
    '"Feedback comments"': '"Feedback als Kommentar"',
}


def in_german(content):
    """A worksheet as a teacher with another language gets it."""
    first, rest = content.decode().split("\n", 1)
    mark, headings = first[:1], first[1:].split(",")
    rest = (
        rest.replace("Participant ", "Teilnehmer/in")
        .replace(",20.00,Yes,", ',"20,00",Ja,')
        .replace("Submitted for grading", "Zur Bewertung abgegeben")
        .replace("No submission", "Keine Abgabe")
        .replace("1 hour late", "1 Stunde später")
    )
    headings = [GERMAN[heading] for heading in headings]
    return f"{mark}{','.join(headings)}\n{rest}".encode()


def read_by_moodle(content):
    """What Moodle takes from a worksheet, by participant: the grade and the comment.

    As `assignfeedback_offline_grade_importer` in mod/assign/feedback/offline/
    importgradeslib.php does: columns by heading, without any of the first three it
    refuses the file; and `process_import_grades` leaves out an empty grade.
    """
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    at = {heading: place for place, heading in enumerate(rows[0])}
    places = [at["Identifier"], at["Grade"], at["Last modified (grade)"]]
    assert len(places) == 3
    return {
        row[at["Identifier"]].removeprefix("Participant "): (
            row[at["Grade"]],
            row[at["Feedback comments"]],
        )
        for row in rows[1:]
    }


def taken_as_feedback(name, participants, *, is_old=False):
    """For whom, and as which file, Moodle takes a file of a zip; None if it does not.

    As `is_valid_filename_for_import` in mod/assign/feedback/file/importziplib.php;
    before 4.1 it asked for five parts where it asks for four now.
    """
    parts = name.split("/")
    while parts:
        info = parts.pop(0).split("_", 4)
        if len(info) < (5 if is_old else 4) or not info[1].isdecimal():
            continue
        if info[1] not in participants or info[2:4] != ["assignfeedback", "file"]:
            continue
        return info[1], "/".join([*info[4:], *parts]).lstrip("/")
    return None


def read_by_canvas(content):
    """What Canvas takes from a gradebook, by user: the cells of its assignments.

    As lib/gradebook_importer.rb does: `identify_delimiter`, `header?`,
    `check_for_non_student_row`, and the computed columns left out.
    """
    text = content.decode("utf-8-sig")
    sign = ";" if text.split("\n", 1)[0].count(";") > 3 else ","
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=sign))
    headings = rows[0]
    assert headings[0] in ("Student", "LastName") and "Section" in headings
    computed = ("Score", "Points", "Grade", "Status")
    places = {
        heading: i
        for i, heading in enumerate(headings)
        if i > headings.index("Section") and not heading.endswith(computed)
    }
    return {
        row[headings.index("ID")]: {what: row[i] for what, i in places.items()}
        for row in rows[1:]
        if row[headings.index("ID")]
    }
