"""A fact in plain figures and words, in Dutch or English."""

from gehoor.analysis.agreement.facts import Bound, Day, Fact, FactKind, Polarity, Proviso, Quantity

_MONTHS = {
    "nl": [
        "januari",
        "februari",
        "maart",
        "april",
        "mei",
        "juni",
        "juli",
        "augustus",
        "september",
        "oktober",
        "november",
        "december",
    ],
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
}
_WEEKDAYS = {
    "nl": ["maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"],
    "en": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
}
_UNITS = {
    "nl": {
        "year": ("jaar", "jaar"),
        "month": ("maand", "maanden"),
        "week": ("week", "weken"),
        "day": ("dag", "dagen"),
        "workday": ("werkdag", "werkdagen"),
        "hour": ("uur", "uur"),
        "minute": ("minuut", "minuten"),
        "quarter": ("kwartaal", "kwartalen"),
        "time": ("keer", "keer"),
    },
    "en": {
        "year": ("year", "years"),
        "month": ("month", "months"),
        "week": ("week", "weeks"),
        "day": ("day", "days"),
        "workday": ("working day", "working days"),
        "hour": ("hour", "hours"),
        "minute": ("minute", "minutes"),
        "quarter": ("quarter", "quarters"),
        "time": ("time", "times"),
    },
}
_BOUNDS = {
    "nl": {Bound.AT_MOST: "hoogstens ", Bound.AT_LEAST: "minstens ", Bound.ABOUT: "ongeveer "},
    "en": {Bound.AT_MOST: "at most ", Bound.AT_LEAST: "at least ", Bound.ABOUT: "about "},
}
_DATE_BOUNDS = {
    "nl": {Bound.AT_MOST: "tot en met ", Bound.AT_LEAST: "vanaf ", Bound.ABOUT: "rond "},
    "en": {Bound.AT_MOST: "up to and including ", Bound.AT_LEAST: "from ", Bound.ABOUT: "around "},
}
_OPEN_LIMITS = {"nl": {"before": "vóór ", "until": "tot "}, "en": {"before": "before ", "until": "until "}}
_WORDS = {
    "nl": {"yes": "ja", "no": "nee", "to": "tot", "unlimited": "onbeperkt", "per": "per", "of": "de", "free": "niets"},
    "en": {
        "yes": "yes",
        "no": "no",
        "to": "to",
        "unlimited": "unlimited",
        "per": "per",
        "of": "the",
        "free": "nothing",
    },
}
_NEEDED = {
    "nl": {True: "{} nodig", False: "geen {} nodig"},
    "en": {True: "{} needed", False: "no {} needed"},
}
_RELATIVE = {
    "nl": {"today": "vandaag", "week": "deze week", "month": "deze maand", "year": "dit jaar"},
    "en": {"today": "today", "week": "this week", "month": "this month", "year": "this year"},
}
_SORTS = {
    "nl": {"if": "als", "only": "alleen als", "unless": "tenzij"},
    "en": {"if": "if", "only": "only if", "unless": "unless"},
}
_CUES = frozenset(
    {
        *("alleen", "als", "behalve", "enkel", "indien", "mits", "slechts", "tenzij", "wanneer", "zolang"),
        *("except", "if", "only", "provided", "unless", "when"),
    }
)
_BASES = {
    "nl": {
        "original": " van het oorspronkelijke bedrag",
        "remaining": " van wat nog openstaat",
        "market": " van de marktwaarde",
        "purchase": " van de koopsom",
        "replacement": " van de nieuwwaarde",
        "present": " van de dagwaarde",
    },
    "en": {
        "original": " of the original amount",
        "remaining": " of what is outstanding",
        "market": " of the market value",
        "purchase": " of the purchase price",
        "replacement": " of the replacement value",
        "present": " of the present value",
    },
}


def figure(number: float, language: str, places: int | None = None) -> str:
    """A number with the separators of the language; ``places`` decimals, or as many as it has (at most four)."""
    shown = f"{number:,.{4 if places is None else places}f}"
    if places is None and "." in shown:
        shown = shown.rstrip("0").rstrip(".")
    return shown if language == "en" else shown.translate(str.maketrans(",.", ".,"))


def say(fact: Fact, language: str = "nl") -> str:
    """See :meth:`Fact.says`."""
    value = fact.value
    denied = {"nl": "niet ", "en": "not "}[language] if fact.negated else ""
    if isinstance(value, Polarity) and fact.role == "need":
        return _NEEDED[language][value.yes].format(fact.about)
    if isinstance(value, Polarity):
        return _WORDS[language]["yes" if value.yes else "no"]
    if isinstance(value, Proviso):
        return _proviso(value, fact.about.rstrip(" ."), language)
    if isinstance(value, Day):
        limit = _OPEN_LIMITS[language].get(fact.open) or _DATE_BOUNDS[language].get(fact.bound, "")
        return denied + limit + _day(value, language)
    per = "" if fact.per == "once" else f" {_WORDS[language]['per']} {_unit(fact.per, 1, language)}"
    base = _BASES[language].get(fact.of, "")
    return denied + _BOUNDS[language].get(fact.bound, "") + _quantity(value, fact.kind, language) + per + base


def _proviso(value: Proviso, about: str, language: str) -> str:
    """In the words in which it was said; where these hold no "if", with one before them."""
    says_if = about.partition(" ")[0].lower() in _CUES
    return about if says_if else f"{_SORTS[language][value.sort]} {about}".strip()


def _quantity(value: Quantity, kind: FactKind, language: str) -> str:
    if value.low == float("inf"):
        return _WORDS[language]["unlimited"]
    low, high, unit = value.low, value.high, value.unit
    if unit == "clock":
        return _join([f"{int(each) // 60}:{int(each) % 60:02d}" for each in (low, high)], language)
    if unit == "month" and low % 12 == 0 and high % 12 == 0 and high:
        low, high, unit = low / 12, high / 12, "year"
    if unit == "day" and low % 7 == 0 and high % 7 == 0 and high:
        low, high, unit = low / 7, high / 7, "week"
    places = (None if low == int(low) and high == int(high) else 2) if kind is FactKind.AMOUNT else None
    numbers = _join([figure(each, language, places) for each in (low, high)], language)
    if unit == "euro":
        return f"€ {numbers}" if language == "nl" else f"€{numbers}"
    if unit == "percent":
        return f"{numbers} %"
    return f"{numbers} {_unit(unit, high, language)}".strip()


def _join(shown: list[str], language: str) -> str:
    return shown[0] if shown[0] == shown[1] else f"{shown[0]} {_WORDS[language]['to']} {shown[1]}"


def _unit(unit: str, number: float, language: str) -> str:
    one, more = _UNITS[language].get(unit, (unit, unit))
    return one if number == 1 else more


def _day(value: Day, language: str) -> str:
    if value.anchor:
        return _RELATIVE[language][value.anchor] + (f" {value.offset:+d}" if value.offset else "")
    weekday = _WEEKDAYS[language][value.weekday - 1] if value.weekday else ""
    year = str(value.year) if value.year else ""
    if not value.first and not value.last:
        return " ".join(part for part in (weekday, year) if part)
    if value.first == 101 and value.last == 1231:
        return year
    if (
        value.first // 100 == value.last // 100
        and value.first % 100 == 1
        and value.last % 100 == 31
        and value.first > 99
    ):
        return " ".join(part for part in (_MONTHS[language][value.first // 100 - 1], year) if part)
    days = _join([_one_day(each, language) for each in (value.first, value.last)], language)
    return " ".join(part for part in (weekday, days, year) if part)


def _one_day(day: int, language: str) -> str:
    if day < 100:
        return {"nl": f"de {day}e", "en": f"day {day}"}[language]
    return f"{day % 100} {_MONTHS[language][day // 100 - 1]}"
