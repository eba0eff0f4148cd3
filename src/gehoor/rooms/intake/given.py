"""What someone fills in for the fields of an inlet or a sender: checked here, whichever it is."""

import re
from collections.abc import Mapping, Sequence

from gehoor.channels.base import Field
from gehoor.kernel.errors import Refused
from gehoor.kernel.language import sentence

_NUMBER = re.compile(r"\d{1,9}(?:\.\d{1,9})?", re.ASCII)


class SettingsMissing(Refused):
    """A source or sender cannot do without these."""

    code = "settings_missing"
    text = sentence("These settings are still missing: {names}")
    remedy = sentence("Fill them in; the page of each channel in the docs says what they mean.")


class SettingsUnknown(Refused):
    """A setting was given that this kind of source or sender does not have."""

    code = "settings_unknown"
    text = sentence("There is no such setting for this kind. It has: {names}")
    remedy = sentence("Leave it out, or choose another kind.")


class SettingNotAmong(Refused):
    """A setting of which only some values are possible was given another."""

    code = "setting_not_among"
    text = sentence("The setting {name} can only be one of these: {values}")
    remedy = sentence("Choose one of them.")


class SettingNoNumber(Refused):
    """A setting that is a number was given something else."""

    code = "setting_no_number"
    text = sentence("The setting {name} has to be a number.")
    remedy = sentence("Write it in digits.")


class SettingsUnusable(Refused):
    """Settings with which it can never be heard. ``where`` and ``why`` are sentences."""

    code = "settings_unusable"
    text = sentence("{where} cannot be heard in this way: {why}")
    remedy = sentence("Change the setting; the page of each channel in the docs says what it means.")


def check_given(fields: Sequence[Field], given: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """The settings and the secrets among what is given, complete. Raises SettingsMissing,
    SettingsUnknown, SettingNotAmong and SettingNoNumber."""
    known = {field.name for field in fields}
    if given.keys() - known:
        raise SettingsUnknown(names=", ".join(sorted(known)))
    full = {field.name: given.get(field.name, "").strip() or field.default for field in fields}
    if lacking := [field.name for field in fields if field.required and not full[field.name]]:
        raise SettingsMissing(names=", ".join(lacking))
    for field in fields:
        _check_value(field, full[field.name])
    secret = {field.name for field in fields if field.kind == "secret"}
    return {n: v for n, v in full.items() if n not in secret}, {n: v for n, v in full.items() if n in secret}


def _check_value(field: Field, value: str) -> None:
    if not value:
        return
    possible = [each for each, _ in field.choices]
    if possible and value not in possible:
        raise SettingNotAmong(name=field.name, values=", ".join(possible))
    if field.kind == "number" and not _NUMBER.fullmatch(value):
        raise SettingNoNumber(name=field.name)
