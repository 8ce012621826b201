"""A report as tables, for a spreadsheet."""

import csv
import io

import numpy as np

from classroom import export

from .report import Report


def tables(found: Report, *, names: bool) -> dict[str, str]:
    """The tables of a report as CSV, by their names."""
    return {name: csv_of(rows) for name, rows in _rows(found, names).items()}


def _rows(found: Report, names: bool) -> dict[str, list[dict]]:
    rows: dict[str, list[dict]] = {
        "tasks": [
            {
                "task": task.id,
                "heading": task.heading,
                "goal": task.goal,
                "read_by_a_person": "yes" if task.is_read else "no",
                "points": f"{task.points:g}",
                "students": item.count,
                "not_read_yet": unread,
                "difficulty": decimal(item.difficulty),
                "all_points": decimal(item.full),
                "discrimination": decimal(item.discrimination),
                "points_lost": f"{item.lost:g}",
            }
            for task, item, unread in zip(
                found.tasks, found.items, found.unread, strict=True
            )
        ],
        "goals": [
            {
                "goal": goal,
                "share": decimal(share),
                "not_read_yet": found.unread_of(goal),
            }
            for goal, share in found.goals.items()
        ],
        "mistakes": [
            {
                "mistake": one.name,
                "students": len(one.students),
                "tasks": " ".join(one.tasks),
                "said": export.text(one.said),
            }
            | ({"names": export.text("; ".join(one.students))} if names else {})
            for one in found.mistakes
        ],
    }
    if names:
        rows["students"] = [
            {
                "student": export.text(student),
                "variant_of": export.text(found.copied.get(student, "")),
            }
            | {
                task.id: "" if np.isnan(mark) else f"{mark:g}"
                for task, mark in zip(found.tasks, row, strict=True)
            }
            for student, row in found.marks.items()
        ]
    return rows


def csv_of(rows: list[dict]) -> str:
    """Rows as a CSV, with the mark by which spreadsheets know UTF-8."""
    text = io.StringIO(newline="")
    if rows:
        writer = csv.DictWriter(text, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return "\ufeff" + text.getvalue()


def decimal(value: float | None) -> str:
    """A share as a table has it; empty for none."""
    return "" if value is None else f"{value:.3f}"
