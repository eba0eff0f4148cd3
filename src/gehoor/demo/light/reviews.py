"""Reviews: the table that a review site gives, with what De Linde answered."""

import csv
import io
from datetime import UTC, date, datetime
from pathlib import Path

from gehoor.demo.files import Line, lines_of, moment_of
from gehoor.demo.light.keeping import keep

FILE = "beoordelingen.csv"
_COLUMNS = (
    "Review Id",
    "Review Created (UTC)",
    "Review Username",
    "Review Title",
    "Review Content",
    "Review Stars",
    "Company Reply",
    "Company Reply Date (UTC)",
)


def make(folder: Path, today: date) -> None:
    """Write the table into a folder."""
    table = io.StringIO()
    rows = csv.writer(table)
    rows.writerow(_COLUMNS)
    rows.writerows(_row(line, today) for line in lines_of("reviews.jsonl"))
    keep(folder / FILE, table.getvalue().encode())


def _row(line: Line, today: date) -> list[str]:
    answered = ""
    if "answer" in line:
        answered = _utc(moment_of({"days_ago": line["answered_days_ago"], "time": "11:30"}, today))
    said = _utc(moment_of(line, today))
    who = [line["name"], line["title"], line["text"], str(line["stars"])]
    return [f"delinde-{line['id']}", said, *who, line.get("answer", ""), answered]


def _utc(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")
