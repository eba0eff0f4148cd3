"""What people fill in about changes."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy

from gehoor.rooms.changes.actions import NAME_LENGTH
from gehoor.rooms.changes.models import Change, StepKind
from gehoor.rooms.changes.trial import SAYS_NAMES
from gehoor.rooms.needs.models import Need

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

_LONGEST = 4_000


def _text(
    label: "str | _StrPromise", *, rows: int = 3, required: bool = False, help_text: "str | _StrPromise" = ""
) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, widget=area, max_length=_LONGEST, required=required, help_text=help_text)


def _day(label: "str | _StrPromise", *, required: bool = True, help_text: "str | _StrPromise" = "") -> forms.DateField:
    picker = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=picker, required=required, help_text=help_text)


class ChangeForm(forms.Form):
    """What is asked, and what could be done about it."""

    name = forms.CharField(
        label=gettext_lazy("What should change?"),
        max_length=NAME_LENGTH,
        help_text=gettext_lazy("In a customer's words, such as “the building deposit paid out within a week”."),
    )
    idea = _text(
        gettext_lazy("What could we do?"),
        rows=4,
        help_text=gettext_lazy("A first thought; you can leave it open and ask those who asked."),
    )


class StepForm(forms.Form):
    """One step. ``prefix`` keeps the forms of one page apart."""

    kind: StepKind

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"prefix": self.kind.value, **kwargs})

    def said(self) -> dict[str, Any]:
        """What the action wants to know."""
        return {name: value for name, value in self.cleaned_data.items() if value is not None}


class YesForm(StepForm):
    """Yes; with what it should bring about."""

    kind = StepKind.YES
    reason = _text(gettext_lazy("What was decided"), rows=2)
    fewer = forms.IntegerField(
        label=gettext_lazy("How many fewer will ask for it, in percent?"),
        required=False,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
        help_text=gettext_lazy("You may leave this open. Said beforehand, it can be held against what really happens."),
        widget=forms.NumberInput(attrs={"min": 1, "max": 100, "inputmode": "numeric"}),
    )

    def said(self) -> dict[str, Any]:
        """The percentage as a part of one."""
        percent = self.cleaned_data["fewer"]
        return {"reason": self.cleaned_data["reason"], "fewer": None if percent is None else percent / 100}


class NoForm(StepForm):
    """No, because."""

    kind = StepKind.NO
    reason = _text(
        gettext_lazy("Why not"),
        required=True,
        help_text=gettext_lazy("Write it as you would tell it to someone who asked: that is what it is for."),
    )


class LaterForm(StepForm):
    """Later, and when."""

    kind = StepKind.LATER
    day = _day(gettext_lazy("When it is looked at again"))
    reason = _text(gettext_lazy("What it waits for"), rows=2)

    def clean_day(self) -> date:
        """A day that is still to come."""
        day: date = self.cleaned_data["day"]
        if day <= timezone.localdate():
            raise forms.ValidationError(gettext_lazy("Choose a day that is still to come."))
        return day


class DoingForm(StepForm):
    """We are at it."""

    kind = StepKind.DOING
    reason = _text(gettext_lazy("What is being done"), rows=2)
    day = _day(
        gettext_lazy("When it should be done"), required=False, help_text=gettext_lazy("You may leave this open.")
    )


class DoneForm(StepForm):
    """It is done."""

    kind = StepKind.DONE
    day = _day(
        gettext_lazy("From when customers can notice it"),
        help_text=gettext_lazy("Whether it helped is measured from this day on."),
    )
    reason = _text(gettext_lazy("What was done"), rows=2)

    def clean_day(self) -> date:
        """Today or before."""
        day: date = self.cleaned_data["day"]
        if day > timezone.localdate():
            raise forms.ValidationError(gettext_lazy("That day is still to come; say it when customers can notice it."))
        return day


STEP_FORMS: Mapping[StepKind, type[StepForm]] = {
    form.kind: form for form in (YesForm, NoForm, LaterForm, DoingForm, DoneForm)
}


class NeedForm(forms.Form):
    """Another need that asks for the change."""

    def __init__(self, *args: Any, needs: Sequence[Need], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", gettext_lazy("Choose a need")), *((str(need.public_id), str(need)) for need in needs)]
        self.fields["need"] = forms.ChoiceField(label=gettext_lazy("Who asks for this too"), choices=choices)


class WordingForm(forms.Form):
    """What is told or asked, in both languages, to read and to say on the phone."""

    subject_nl = forms.CharField(label=gettext_lazy("Subject, in Dutch"), max_length=200)
    text_nl = _text(
        gettext_lazy("Text, in Dutch"),
        rows=12,
        required=True,
        help_text=gettext_lazy("The greeting and our name are added. An empty line begins a new paragraph."),
    )
    points_nl = _text(gettext_lazy("What is said on the phone, a line for each point"), rows=5)
    subject_en = forms.CharField(label=gettext_lazy("Subject, in English"), max_length=200, required=False)
    text_en = _text(
        gettext_lazy("Text, in English"),
        rows=12,
        help_text=gettext_lazy("Leave subject and text empty to send everyone the Dutch text."),
    )
    points_en = _text(gettext_lazy("What is said on the phone, in English"), rows=5)


class AnswerForm(forms.Form):
    """What someone answered on the phone."""

    says = forms.ChoiceField(choices=[(says.value, name) for says, name in SAYS_NAMES.items()])
    words = forms.CharField(max_length=_LONGEST, required=False)


class IntoForm(forms.Form):
    """A change that is there already."""

    def __init__(self, *args: Any, changes: Iterable[Change], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", gettext_lazy("Choose a change")), *((str(each.public_id), each.name) for each in changes)]
        self.fields["into"] = forms.ChoiceField(label=gettext_lazy("It belongs to"), choices=choices)
