"""Whether the answers that customers were given agree."""

from datetime import date, datetime

import click

from gehoor.cli.hear import AS_JSON
from gehoor.cli.opening import open_to_read
from gehoor.cli.speaking import answer, note, number, table, tell
from gehoor.kernel.language import sentence

_SHOWN = 20


def _date(_: click.Context, __: click.Parameter, given: datetime | None) -> date | None:
    return given.date() if given else None


_DAY = click.DateTime(["%Y-%m-%d"])


@click.command()
@click.option("--since", type=_DAY, callback=_date, help="Only what was answered from this day on, as 2025-03-01.")
@click.option("--until", type=_DAY, callback=_date, help="Only what was answered up to this day.")
@AS_JSON
def agreement(since: date | None, until: date | None, as_json: bool) -> None:
    """Whether everyone who asked the same was told the same: what clashes first."""
    open_to_read()
    from gehoor.rooms.answers.given.counting import Period
    from gehoor.rooms.answers.given.document import document
    from gehoor.rooms.answers.given.judging import VERDICTS
    from gehoor.rooms.answers.given.staging import waiting

    found = document(Period(since, until))
    if waiting():
        note(
            sentence("{left} answers and questions still have to be read; the worker does so, or gehoor analyse."),
            left=waiting(),
        )
    if as_json:
        answer(found)
        return
    questions = found["questions"]
    rows = [
        [
            tell(VERDICTS[each["verdict"]]),
            each["question"],
            number(each["asked"], 0),
            number(each["advisers"], 0),
            " | ".join(group["says"] for group in each["groups"][:4]),
        ]
        for each in questions[:_SHOWN]
    ]
    heads = (
        sentence("Verdict"),
        sentence("Question"),
        sentence("Voices"),
        sentence("Advisers"),
        sentence("What was said"),
    )
    if rows:
        table([tell(word) for word in heads], rows, {0, 2, 3})
    clashing = sum(each["verdict"] == "contradict" for each in questions)
    note(
        sentence("Of {all} questions that at least two advisers answered, {clashing} have answers that clash."),
        all=len(questions),
        clashing=clashing,
    )
    if clashing:
        note(sentence("That answers clash does not say who is right: the answer book is wrong as often."))
