"""Beside a case: whether speed matters, why, and saying otherwise."""

from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.models import User
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.desk.cases.panels import Panel
from gehoor.rooms.desk.clocks.speed import corrections
from gehoor.rooms.desk.models import Case, Speed
from gehoor.rooms.voices.models import Voice

_LONGEST = 180
VERDICTS = {
    Speed.MATTERS: sentence("Speed matters here"),
    Speed.CAN_WAIT: sentence("Rather good than quick: tomorrow is soon enough"),
    Speed.UNSURE: sentence("Nothing says whether speed matters"),
}
CHOICES = {
    Speed.MATTERS: sentence("Speed does matter"),
    Speed.CAN_WAIT: sentence("It can wait"),
    Speed.UNSURE: sentence("I cannot say"),
}
SIGNS = {
    "deadline": sentence("Something is due these days"),
    "stranded": sentence("Someone cannot go on"),
    "money": sentence("Money goes wrong, or a customer is leaving"),
    "vulnerable": sentence("Someone who has it hard"),
    "public": sentence("A quarrel where everyone reads along"),
    "again": sentence("Asks again because nothing came"),
    "haste": sentence("Says that it is urgent"),
    "calm": sentence("Says that it can wait"),
    "far": sentence("It is about later"),
    "friendly": sentence("A compliment"),
    "plain": sentence("A question without a sign that something goes wrong before tomorrow"),
}


def render(case: Case, viewer: User) -> SafeString:
    """The panel."""
    return render_to_string("desk/clocks/speed_part.html", context_of(case, viewer))


def context_of(case: Case, viewer: User) -> dict[str, Any]:
    """What ``desk/clocks/speed_part.html`` shows; two queries."""
    said = corrections(case).select_related("by").first()
    return {
        "case": case,
        "verdict": VERDICTS[Speed(case.speed)],
        "said": said,
        "signs": _signs(case),
        "choices": [(value, name) for value, name in CHOICES.items() if value != case.speed],
        "may_answer": viewer.may(May.ANSWER),
    }


def _signs(case: Case) -> list[dict[str, str]]:
    texts = dict(
        Voice.objects.filter(public_id__in=[each["voice"] for each in case.speed_why]).values_list("public_id", "text")
    )
    known = {str(key): text for key, text in texts.items()}
    return [
        {"name": SIGNS[each["sign"]], "quote": _quote(known.get(each["voice"], ""), each["start"], each["end"])}
        for each in case.speed_why
        if each["sign"] in SIGNS
    ]


def _quote(text: str, start: int, end: int) -> str:
    words = " ".join(text[start:end].split())
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST].rsplit(' ', 1)[0]}…"


PANEL = Panel(name="speed", order=5, render=render, right=May.SEE_DESK)
