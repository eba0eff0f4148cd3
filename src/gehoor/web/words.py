"""How figures, times and names are said on a screen, in the language of the one who looks."""

from datetime import date, datetime, time

from django.utils import formats, timezone
from django.utils.translation import get_language, gettext, ngettext

from gehoor.channels.registry import cards
from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.roles import ROLE_NAMES, known_roles

KIND_NAMES = {
    "question": sentence("Question"),
    "complaint": sentence("Complaint"),
    "remark": sentence("Remark"),
    "compliment": sentence("Compliment"),
    "wish": sentence("Wish"),
}

_SHOW_MINUTES_BELOW = 600


def whole(number: float | None) -> str:
    """A number without decimals, with the thousands set apart; unknown is said, never shown as zero."""
    if number is None:
        return gettext("unknown")
    return formats.number_format(round(number), use_l10n=True, force_grouping=True)


def rough(number: float | None) -> str:
    """An estimate, with one decimal while it is small."""
    if number is None or abs(number) >= 10:
        return whole(number)
    return formats.number_format(number, decimal_pos=1, use_l10n=True)


def minutes(spent: float | None) -> str:
    """A time that anyone can understand: "40 minutes", "3 hours 12 min", and whole hours when it is long."""
    if spent is None:
        return gettext("unknown")
    if 0 < spent < 1:
        return gettext("less than a minute")
    rounded = round(spent)
    if rounded < 60:
        return ngettext("%(count)s minute", "%(count)s minutes", rounded) % {"count": rounded}
    hours, rest = divmod(rounded, 60)
    if rounded >= _SHOW_MINUTES_BELOW:
        hours, rest = round(rounded / 60), 0
    said = ngettext("%(count)s hour", "%(count)s hours", hours) % {"count": whole(hours)}
    return gettext("%(hours)s %(minutes)s min") % {"hours": said, "minutes": rest} if rest else said


def seconds(spent: float | None) -> str:
    """The same time, given in seconds."""
    return minutes(None if spent is None else spent / 60)


def day(moment: datetime | date | None) -> str:
    """A date in local time; a voice that does not say when says so."""
    if moment is None:
        return gettext("date unknown")
    local = timezone.localtime(moment) if isinstance(moment, datetime) else moment
    return formats.date_format(local, "j F Y")


def day_and_time(moment: datetime | None) -> str:
    """A date and the time of day, local; midnight sharp is a day of which nobody gave the time."""
    if moment is None or timezone.localtime(moment).time() == time.min:
        return day(moment)
    return formats.date_format(timezone.localtime(moment), "j F Y H:i")


def share(part: float | None) -> str:
    """A share of one as a percentage."""
    return gettext("unknown") if part is None else gettext("%(share)s%%") % {"share": whole(part * 100)}


def channel_name(kind: str) -> str:
    """The channel's name from its card; an uninstalled channel keeps its own word."""
    card = cards().get(kind)
    if card is None:
        return kind
    return card.name_nl if (get_language() or "nl").startswith("nl") else card.name_en


def kind_name(kind: str) -> str:
    """The name of a kind of voice."""
    return gettext(KIND_NAMES[kind]) if kind in KIND_NAMES else gettext("Kind unknown")


def role_names(roles: list[str]) -> str:
    """What someone is here for, in one line."""
    return ", ".join(gettext(ROLE_NAMES[role]) for role in known_roles(roles))
