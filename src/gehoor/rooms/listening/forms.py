"""The forms of this room."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from gehoor.kernel import clock
from gehoor.rooms.accounts.models import User
from gehoor.rooms.accounts.roles import ROLE_NAMES, Role
from gehoor.rooms.listening.appointments import Arranged
from gehoor.rooms.listening.drawing import Narrowed
from gehoor.rooms.listening.handing import LONGEST
from gehoor.rooms.listening.models import DrawnBy, Handing, Pool, Session, Struck
from gehoor.rooms.listening.narrowing import Option, channel_options, need_options
from gehoor.rooms.listening.reminding import LENGTHS
from gehoor.rooms.listening.rhythm import LISTENING_ROLES, MOST_MINUTES, WEEKS, Pace

PLANNED_LENGTHS = (20, 40, 60, 120)
DAYS = 30


def _choices_of(lengths: tuple[int, ...]) -> list[tuple[int, str]]:
    return [
        (length, ngettext("%(count)s minute", "%(count)s minutes", length) % {"count": length}) for length in lengths
    ]


class Period:
    """What came in during which time."""

    ALL, MONTH, SINCE = "", "month", "since"


PERIODS = ((Period.ALL, _("whenever")), (Period.MONTH, _("in the last thirty days")))


class StackFields(forms.Form):
    """How a stack is drawn, and from what. Unknown values in the address bar are left aside."""

    drawn_by = forms.TypedChoiceField(
        label=_("How is it drawn?"),
        coerce=DrawnBy,
        choices=[
            (DrawnBy.MINUTES, _("In proportion to customer minutes: what cost more time to say has more chance")),
            (DrawnBy.VOICES, _("In proportion to voices: everything has the same chance")),
        ],
        widget=forms.RadioSelect,
        initial=DrawnBy.MINUTES,
    )
    pool = forms.TypedChoiceField(
        label=_("From what?"),
        coerce=Pool,
        choices=[(Pool.UNHEARD, _("Only what nobody has heard yet")), (Pool.ALL, _("Everything"))],
        widget=forms.RadioSelect,
        initial=Pool.UNHEARD,
    )
    need = forms.TypedChoiceField(label=_("About one need"), coerce=UUID, empty_value=None, required=False)
    channel = forms.ChoiceField(label=_("From one channel"), required=False)
    period = forms.ChoiceField(
        label=_("Came in"),
        required=False,
        choices=PERIODS,
    )

    def __init__(self, *args: Any, need: str = "", state: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = need or str(self.data.get("need", "")) or str(self.initial.get("need") or "")
        needs, channels = need_options(asked), channel_options(state)
        self._offer("need", gettext("whatever it is about"), needs)
        self._offer("channel", gettext("every channel"), channels)
        if any(option.value == asked for option in needs):
            self.initial["need"] = asked

    def _offer(self, name: str, all_of_them: str, options: list[Option]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", all_of_them), *((option.value, option.label) for option in options)]

    @property
    def narrowed(self) -> bool:
        """Whether anything is narrowed, so that the form shows it."""
        names = ("need", "channel", "period")
        return any(self[name].value() or self[name].errors for name in names)


class SessionForm(StackFields):
    """How long, and how the stack is drawn; now, for oneself."""

    minutes = forms.TypedChoiceField(
        label=_("How long do you have?"),
        coerce=int,
        choices=lambda: _choices_of(LENGTHS),
        widget=forms.RadioSelect,
        initial=LENGTHS[1],
    )
    seed = forms.IntegerField(
        label=_("Seed"),
        required=False,
        min_value=0,
        max_value=2**62,
        help_text=_("The same number over the same voices draws the same stack again. Empty: a number by chance."),
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )

    def __init__(self, *args: Any, last: Session | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._last = last
        period = self.fields["period"]
        if last is not None and isinstance(period, forms.ChoiceField):
            period.choices = [*PERIODS, (Period.SINCE, gettext("since my last session"))]

    def asked(self) -> dict[str, Any]:
        """What ``do_start_session`` takes."""
        given = self.cleaned_data
        since = {
            Period.MONTH: clock.now() - timedelta(days=DAYS),
            Period.SINCE: self._last.started_at if self._last else None,
        }.get(given["period"])
        wanted = {name: given[name] for name in ("minutes", "drawn_by", "pool", "seed")}
        return {**wanted, "narrowed": Narrowed(given["need"], given["channel"], since)}


class Passages(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Passages that struck, by their own words."""

    def label_from_instance(self, obj: Any) -> str:
        return f"“{obj.quote[:80]}”"


class Colleague(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One colleague, by name."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name)


class Colleagues(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Colleagues by name."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name)


class PlanForm(StackFields):
    """When, how long, with whom, and from which stack."""

    day = forms.DateField(
        label=_("Day"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), input_formats=["%Y-%m-%d"]
    )
    time = forms.TimeField(
        label=_("Time"),
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        input_formats=["%H:%M", "%H:%M:%S"],
    )
    minutes = forms.TypedChoiceField(
        label=_("How long?"), coerce=int, choices=lambda: _choices_of(PLANNED_LENGTHS), initial=PLANNED_LENGTHS[1]
    )
    invited = Colleagues(
        label=_("Who listens along?"),
        queryset=User.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        to_field_name="public_id",
        help_text=_("They see it on Today, and can put it in their own calendar."),
    )
    together = forms.BooleanField(
        label=_("We all read the same stack"),
        required=False,
        help_text=_(
            "It is drawn when the first of you begins. Each reads alone; afterwards you have the same to talk about."
        ),
    )

    def __init__(self, *args: Any, colleagues: list[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["invited"]
        if isinstance(field, forms.ModelMultipleChoiceField):
            field.queryset = User.objects.filter(pk__in=[each.pk for each in colleagues]).order_by("name", "pk")
        if not colleagues:
            del self.fields["invited"], self.fields["together"]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("day") and given.get("time"):
            zone = timezone.get_current_timezone()
            moment = datetime.combine(given["day"], given["time"], tzinfo=zone)
            if moment.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != moment.replace(tzinfo=None):
                self.add_error("time", gettext("This time does not exist on that day: the clock goes forward."))
            given["starts_at"] = moment.astimezone(UTC)
        return given

    def arranged(self) -> Arranged:
        """What is to be arranged."""
        given = self.cleaned_data
        return Arranged(
            starts_at=given["starts_at"],
            minutes=given["minutes"],
            drawn_by=given["drawn_by"],
            pool=given["pool"],
            need=given["need"],
            channel=given["channel"],
            days=DAYS if given["period"] == Period.MONTH else None,
            together=given.get("together", False),
            invited=tuple(given.get("invited", ())),
        )


def initial_of(arranged: Arranged) -> dict[str, Any]:
    """What a form to change an appointment begins with."""
    local = timezone.localtime(arranged.starts_at)
    return {
        "day": local.date(),
        "time": local.time(),
        "minutes": arranged.minutes,
        "drawn_by": arranged.drawn_by,
        "pool": arranged.pool,
        "need": str(arranged.need) if arranged.need else "",
        "channel": arranged.channel,
        "period": Period.MONTH if arranged.days else Period.ALL,
        "together": arranged.together,
        "invited": [each.public_id for each in arranged.invited],
    }


class HandOnForm(forms.Form):
    """A wish, a change or a thanks, about the whole voice or about a passage that struck."""

    kind = forms.TypedChoiceField(
        label=_("What do you hand on?"),
        coerce=Handing,
        choices=[
            (Handing.CHANGE, _("This is what we should change")),
            (Handing.WISH, _("This is what the customer wishes")),
            (Handing.THANKS, _("A thanks to a colleague")),
        ],
        widget=forms.RadioSelect,
        initial=Handing.CHANGE,
    )
    about = Passages(
        label=_("About"),
        queryset=Struck.objects.none(),
        required=False,
        to_field_name="public_id",
        empty_label=_("the whole voice"),
    )
    text = forms.CharField(
        label=_("In your own words"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Without names of customers; a thanks may do without words."),
    )
    to = Colleague(
        label=_("To whom, for a thanks"),
        queryset=User.objects.none(),
        required=False,
        to_field_name="public_id",
        empty_label=_("choose a colleague"),
    )

    def __init__(self, *args: Any, struck: list[Struck], reader: User, **kwargs: Any) -> None:
        newest = max(struck, key=lambda each: each.pk, default=None)
        super().__init__(*args, **kwargs)
        self.initial = {"about": newest, **self.initial}
        about, to = self.fields["about"], self.fields["to"]
        if isinstance(about, Passages) and isinstance(to, Colleague):
            own = Struck.objects.filter(pk__in=[each.pk for each in struck])
            about.queryset = own.select_related("voice").order_by("start")
            to.queryset = User.objects.filter(is_active=True).exclude(pk=reader.pk).order_by("name", "pk")


class RhythmForm(forms.Form):
    """Minutes and weeks for each role that listens."""

    def __init__(self, *args: Any, agreed: dict[Role, Pace], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        weeks = [(each, ngettext("every week", "every %(count)s weeks", each) % {"count": each}) for each in WEEKS]
        for role in LISTENING_ROLES:
            name = gettext(ROLE_NAMES[role])
            self.fields[f"{role}_minutes"] = forms.IntegerField(
                label=gettext("%(role)s: minutes") % {"role": name},
                min_value=0,
                max_value=MOST_MINUTES,
                initial=agreed[role].minutes,
                widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
            )
            self.fields[f"{role}_weeks"] = forms.TypedChoiceField(
                label=gettext("%(role)s: how often") % {"role": name},
                coerce=int,
                choices=weeks,
                initial=agreed[role].weeks,
            )

    def rows(self) -> list[tuple[str, forms.BoundField, forms.BoundField]]:
        """The fields of each role, side by side."""
        return [(ROLE_NAMES[role], self[f"{role}_minutes"], self[f"{role}_weeks"]) for role in LISTENING_ROLES]

    def agreed(self) -> dict[Role, Pace]:
        """What is agreed now."""
        given = self.cleaned_data
        return {role: Pace(given[f"{role}_minutes"], given[f"{role}_weeks"]) for role in LISTENING_ROLES}


class AtMostForm(forms.Form):
    """How many minutes of a day one really listened."""

    minutes = forms.IntegerField(min_value=0, max_value=24 * 60)
