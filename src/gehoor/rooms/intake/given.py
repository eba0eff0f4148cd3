"""What someone fills in for the fields of an inlet or a sender: checked here, whichever it is."""

from collections.abc import Mapping, Sequence

from gehoor.channels.base import Field
from gehoor.kernel.errors import Refused
from gehoor.kernel.language import sentence


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


def check_given(fields: Sequence[Field], given: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """The settings and the secrets among what is given, complete. Raises SettingsMissing and SettingsUnknown."""
    known = {field.name for field in fields}
    if given.keys() - known:
        raise SettingsUnknown(names=", ".join(sorted(known)))
    full = {field.name: given.get(field.name, "").strip() or field.default for field in fields}
    if lacking := [field.name for field in fields if field.required and not full[field.name]]:
        raise SettingsMissing(names=", ".join(lacking))
    secret = {field.name for field in fields if field.kind == "secret"}
    return {n: v for n, v in full.items() if n not in secret}, {n: v for n, v in full.items() if n in secret}
