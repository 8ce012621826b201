"""What a class has gained as tables, for a spreadsheet."""

from classroom import export
from classroom.reporting.tables import csv_of, decimal

from .gains import Gains


def tables(found: Gains, *, names: bool) -> dict[str, str]:
    """The tables as CSV, by their names."""
    rows = {
        "gain": [_gain(found)],
        "misconceptions": [
            {
                "misconception": one.misconception,
                "gone": one.gone,
                "kept": one.kept,
                "new": one.new,
            }
            for one in found.changes
        ],
        "questions": [
            {
                "question": item.number,
                "misconception": item.target,
                "right_before": decimal(item.before),
                "right_after": decimal(item.after),
            }
            for item in found.items
        ],
    }
    if names:
        rows["people"] = _people(found)
    return {name: csv_of(each) for name, each in rows.items()}


def _gain(found: Gains) -> dict:
    gain = found.gain
    return {
        "pairs": gain.pairs,
        "only_before": len(found.only_before),
        "only_after": len(found.only_after),
        "not_taken": len(found.left),
        "right_before": decimal(gain.before),
        "right_after": decimal(gain.after),
        "normalised_gain": decimal(gain.value),
        "interval_low": decimal(gain.low),
        "interval_high": decimal(gain.high),
    }


def _people(found: Gains) -> list[dict]:
    both = [(pair.before, pair.after) for pair in found.pairs]
    once = [(sheet, None) for sheet in found.only_before]
    late = [(None, sheet) for sheet in found.only_after]
    rows = []
    for before, after in [*both, *once, *late]:
        sheets = {"before": before, "after": after}
        row = {"name": export.text(next(s.who for s in (before, after) if s))}
        for when, sheet in sheets.items():
            row[f"form_{when}"] = sheet.form.title if sheet else ""
            row[f"right_{when}"] = str(int(sheet.right.sum())) if sheet else ""
            row[f"shown_{when}"] = "; ".join(sorted(sheet.shown)) if sheet else ""
        rows.append(row)
    return rows
