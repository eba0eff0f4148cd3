"""A telephone number as people in the Netherlands read it out."""

import phonenumbers

_HOME = "NL"
_HOME_CODE = 31


def as_read(given: str) -> str:
    """ "06 12 34 56 78", "030 123 45 67", "0318 12 34 56"; from abroad "+32 2 555 12 12". ``""`` for what is no number.

    A number that is not in any plan is given as it was written, as long as somebody could dial it.
    """
    try:
        number = phonenumbers.parse(given, _HOME)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_valid_number(number):
        return " ".join(given.split()) if sum(sign.isdecimal() for sign in given) >= 4 else ""
    if number.country_code != _HOME_CODE:
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    written = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)
    area, _, rest = written.partition(" ")
    digits = "".join(filter(str.isdecimal, rest))
    return f"{area} {_grouped(digits)}" if area.startswith("0") and len(digits) in _GROUPS else written


_GROUPS = {6: (2, 2, 2), 7: (3, 2, 2), 8: (2, 2, 2, 2)}


def _grouped(digits: str) -> str:
    pieces, at = [], 0
    for size in _GROUPS[len(digits)]:
        pieces.append(digits[at : at + size])
        at += size
    return " ".join(pieces)
