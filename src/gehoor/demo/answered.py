"""The answer book of the example, kept by one editor: most of it holds, some is being written, one entry is overdue.

The question that got three answers has one in the book since it was noticed. What was told to people before and after
stands in what the example's customers said and heard, not here.
"""

import json
from datetime import timedelta
from importlib.resources import files
from typing import Any

from gehoor.demo.moments import Days
from gehoor.demo.people import colleague
from gehoor.rooms.accounts.models import User
from gehoor.rooms.answers.book.actions import do_add_answer, do_open_book, do_save
from gehoor.rooms.answers.book.content import Content
from gehoor.rooms.answers.book.phrasing import do_add_phrasing
from gehoor.rooms.answers.models import Answer, Phrasing

EDITOR = "ingrid.mulder"
SOURCE = "De Linde"


def lines() -> list[dict[str, Any]]:
    """The entries as they are written down."""
    text = files("gehoor.demo").joinpath("linde", "answers.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def write_book(days: Days) -> None:
    """Every entry with its versions, each on its day. What stands in the book already is left as it is."""
    editor = colleague(EDITOR)
    known = set(Answer.objects.filter(source=SOURCE).values_list("source_id", flat=True))
    for line in lines():
        if line["id"] not in known:
            _write(line, days, editor)
    with days.acting(140):
        do_open_book(is_open=True, actor=editor)


def _write(line: dict[str, Any], days: Days, editor: User) -> None:
    versions = [*line["before"], line]
    first, *later = [(_content(line | version, days, editor), version) for version in versions]
    with days.acting(first[1]["days_ago"], 9, 30):
        answer = do_add_answer(content=first[0], actor=editor, why=first[1]["why"], source=SOURCE, source_id=line["id"])
        for text in line["phrasings"]:
            if not Phrasing.objects.filter(answer=answer, text=text).exists():
                do_add_phrasing(answer=answer, text=text, actor=editor)
    for number, (content, version) in enumerate(later, start=1):
        with days.acting(version["days_ago"], 11, 15):
            do_save(answer=answer, content=content, based_on=number, actor=editor, why=version["why"])


def _content(line: dict[str, Any], days: Days, editor: User) -> Content:
    since = days.day(line["days_ago"])
    due = None if line["review_in"] is None else days.today + timedelta(days=line["review_in"])
    return Content(
        question=line["question"],
        text=line["text"],
        forms=tuple((form["manner"], form["language"], form["text"]) for form in line["forms"]),
        state=line["state"],
        audience=line["audience"],
        owner=editor.pk,
        valid_from=since,
        review_on=due,
    )
