"""A first proposal of what to tell, or to ask, made from the change itself: what you asked, what we did, or why not.

Written in both languages whatever the screen's: it is for customers. What only a person can say stands between square
brackets, and nothing goes out while there are any.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date

from django.utils import formats, translation

from gehoor.kernel.errors import Refused
from gehoor.kernel.language import sentence
from gehoor.rooms.changes.asked import Asked
from gehoor.rooms.changes.models import Change
from gehoor.rooms.changes.standing import Stage, Standing

Texts = dict[str, str]
_OPEN = re.compile(r"\[[^\[\]\n]{3,}\]")
_ENOUGH_PEOPLE = 5
"""With fewer, how many others asked is not said: someone might know who."""


def _day(day: date | None, language: str) -> str:
    with translation.override(language):
        return formats.date_format(day, "j F Y") if day else ""


def _number(number: int, language: str) -> str:
    with translation.override(language):
        return formats.number_format(number, use_l10n=True, force_grouping=True)


def check_filled(texts: Mapping[str, str]) -> None:
    """Raises Refused while something between square brackets waits to be written."""
    if any(_OPEN.search(text) for text in texts.values()):
        raise Refused(why=sentence("something between square brackets still has to be written"))


def _unbraced(text: str) -> str:
    """Braces stand for what differs by person, so what someone of ours wrote about a change holds none."""
    return " ".join(text.replace("{", "(").replace("}", ")").split())


def proposal(change: Change, now: Standing, asked: Asked) -> Texts:
    """What to tell everyone who asked, by the decision that holds."""
    dutch, english = _TELL[now.stage]
    reason = _unbraced(now.decision.reason if now.decision else "")
    done = _unbraced(now.done.reason if now.done else "")
    idea = _unbraced(change.idea)
    day = now.done.day if now.done else now.decision.day if now.decision else None
    return {
        **dutch(_unbraced(change.name), _others_nl(asked), done or idea or reason, reason, _day(day, "nl")),
        **english(_others_en(asked), _day(day, "en")),
    }


def trial_proposal(change: Change) -> Texts:
    """What to ask ten of those who asked."""
    name, idea = _unbraced(change.name), _unbraced(change.idea) or "[schrijf hier wat u overweegt]"
    return {
        "subject_nl": f"Een vraag aan u over: {name}"[:200],
        "text_nl": f"U liet ons iets weten over dit: {name}.\n\nWij overwegen het volgende. {_ended(idea)}\n\n"
        "Voordat wij besluiten, horen wij graag van u: helpt dit? Antwoordt u gerust in een paar woorden: ja, een "
        "beetje of nee, en waarom. Wij vragen dit aan tien klanten die ons hierover iets lieten weten, en wij lezen "
        "elk antwoord.",
        "points_nl": f"U liet ons iets weten over dit: {name}.\nWij overwegen dit: {_ended(idea)}\n"
        "Helpt dat u? Ja, een beetje of nee, en waarom?\nDank u wel; we laten u weten wat er besloten wordt.",
        "subject_en": "A question about what you asked us",
        "text_en": "You told us something about this: [what it was, in English].\n\n"
        "We are thinking of this. [The idea, in English.]\n\nBefore we decide, we would like to hear from you: does "
        "this help? A few words are enough: yes, a little or no, and why. We ask ten customers who asked for this, and "
        "we read every answer.",
        "points_en": "You told us something about this: [what it was, in English].\n"
        "We are thinking of this: [the idea, in English].\nDoes that help you? Yes, a little or no, and why?",
    }


def _ended(text: str) -> str:
    return text if text.endswith((".", "!", "?", "]")) else f"{text}."


def _others_nl(asked: Asked) -> str:
    if asked.persons < _ENOUGH_PEOPLE:
        return "U was niet de enige." if asked.persons > 1 else ""
    return f"U was niet de enige: {_number(asked.persons, 'nl')} klanten lieten ons hierover iets weten."


def _others_en(asked: Asked) -> str:
    if asked.persons < _ENOUGH_PEOPLE:
        return "You were not the only one." if asked.persons > 1 else ""
    return f"You were not the only one: {_number(asked.persons, 'en')} customers told us something about it."


def _texts(language: str, subject: str, paragraphs: tuple[str, ...], points: tuple[str, ...]) -> Texts:
    return {
        f"subject_{language}": subject[:200],
        f"text_{language}": "\n\n".join(part.strip() for part in paragraphs if part.strip()),
        f"points_{language}": "\n".join(point for point in points if point),
    }


_THANKS_NL = "Dank u wel dat u de tijd nam om het ons te vertellen."
_THANKS_EN = "Thank you for taking the time to tell us."
_FOR_YOU_NL = "[Schrijf hier wat dit voor de klant betekent, en of de klant zelf iets moet doen.]"
_FOR_YOU_EN = "[What this means for the customer, and whether they have to do anything.]"


def _done_nl(name: str, others: str, what: str, reason: str, day: str) -> Texts:
    del reason
    what = what or "[schrijf hier wat er veranderd is]"
    return _texts(
        "nl",
        f"U vroeg het ons, en het is veranderd: {name}",
        (
            f"U liet ons iets weten over dit: {name}. {others}",
            f"Dat hebben wij gedaan. {_ended(what)} U merkt het sinds {day}.",
            f"Voor u betekent dit: {_FOR_YOU_NL}",
            _THANKS_NL,
        ),
        (
            f"U liet ons iets weten over dit: {name}.",
            f"Dat is sinds {day} veranderd: {_ended(what)}",
            f"Voor u betekent dit: {_FOR_YOU_NL}",
        ),
    )


def _done_en(others: str, day: str) -> Texts:
    asked = "You told us something about this: [what it was, in English]."
    did = f"We did it: [what changed, in English]. You can notice it since {day}."
    return _texts(
        "en",
        "You asked us, and it has changed",
        (f"{asked} {others}", did, f"For you this means: {_FOR_YOU_EN}", _THANKS_EN),
        (asked, did),
    )


def _yes_nl(name: str, others: str, what: str, reason: str, day: str) -> Texts:
    del reason, day
    what = what or "[schrijf hier wat er gaat veranderen]"
    when = "[Schrijf hier wanneer de klant het merkt, of dat u dat nog niet weet.]"
    return _texts(
        "nl",
        f"U vroeg het ons, en wij gaan het doen: {name}",
        (
            f"U liet ons iets weten over dit: {name}. {others}",
            f"Wij hebben besloten het te doen. {_ended(what)}",
            when,
            _THANKS_NL,
        ),
        (f"U liet ons iets weten over dit: {name}.", f"Wij gaan het doen. {_ended(what)}", when),
    )


def _yes_en(others: str, day: str) -> Texts:
    del day
    asked = "You told us something about this: [what it was, in English]."
    did = "We decided to do it: [what will change and when, in English]."
    return _texts("en", "You asked us, and we are going to do it", (f"{asked} {others}", did, _THANKS_EN), (asked, did))


def _no_nl(name: str, others: str, what: str, reason: str, day: str) -> Texts:
    del what, day
    return _texts(
        "nl",
        f"U vroeg het ons, en dit is ons antwoord: {name}",
        (
            f"U liet ons iets weten over dit: {name}. {others}",
            f"Wij hebben er goed naar gekeken en doen het niet. {_ended(reason)}",
            "Dat is misschien niet het antwoord waarop u hoopte. Heeft u er vragen over, laat het ons dan weten.",
            _THANKS_NL,
        ),
        (
            f"U liet ons iets weten over dit: {name}.",
            f"Wij doen het niet. {_ended(reason)}",
            "Heeft u daar vragen over?",
        ),
    )


def _no_en(others: str, day: str) -> Texts:
    del day
    asked = "You told us something about this: [what it was, in English]."
    did = "We looked at it carefully and will not do it, because [the reason, in English]."
    close = "That may not be the answer that you hoped for. If you have any questions about it, please tell us."
    return _texts(
        "en", "You asked us, and this is our answer", (f"{asked} {others}", did, close, _THANKS_EN), (asked, did)
    )


def _later_nl(name: str, others: str, what: str, reason: str, day: str) -> Texts:
    del what
    because = _ended(reason) if reason else "[Schrijf hier waarop het wacht.]"
    return _texts(
        "nl",
        f"U vroeg het ons, en wij komen erop terug: {name}",
        (
            f"U liet ons iets weten over dit: {name}. {others}",
            f"Wij doen het nu niet, en kijken er op {day} opnieuw naar. {because}",
            _THANKS_NL,
        ),
        (f"U liet ons iets weten over dit: {name}.", f"Wij kijken er op {day} opnieuw naar. {because}"),
    )


def _later_en(others: str, day: str) -> Texts:
    asked = "You told us something about this: [what it was, in English]."
    did = f"We will not do it now, and look at it again on {day}, because [the reason, in English]."
    return _texts(
        "en", "You asked us, and we will come back to it", (f"{asked} {others}", did, _THANKS_EN), (asked, did)
    )


_TELL: Mapping[Stage, tuple[Callable[[str, str, str, str, str], Texts], Callable[[str, str], Texts]]] = {
    Stage.DONE: (_done_nl, _done_en),
    Stage.DOING: (_yes_nl, _yes_en),
    Stage.YES: (_yes_nl, _yes_en),
    Stage.NO: (_no_nl, _no_en),
    Stage.LATER: (_later_nl, _later_en),
}
