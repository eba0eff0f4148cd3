"""What people fill in to plan a visit and to report on it."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import get_language, gettext, gettext_lazy

from gehoor.channels.registry import cards
from gehoor.rooms.accounts.models import User
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.answers.models import Visit, VisitAnswer
from gehoor.rooms.answers.visits.planning import (
    MOST_QUESTIONS,
    NAME_LENGTH,
    PLACE_LENGTH,
    QUESTION_LENGTH,
    REMARKS_LENGTH,
    SCENARIO_LENGTH,
    TOLD_LENGTH,
    Plan,
    Report,
)

_TRIED = ("mystery_visit", "call", "email", "chat", "letter", "form", "x", "facebook")
"""By which channels someone of ours can ask as a customer."""
_LONGEST_WAIT = 24 * 60


class ColleagueField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A choice of colleagues, by their names."""

    def label_from_instance(self, obj: Any) -> str:
        """The name, else the address."""
        return str(obj.name or obj.email)


def _how(kind: str, name: str) -> str:
    """How the visitor goes: every one of these is a mystery visit, so the channel of that name is going there."""
    return gettext("In person, on the spot") if kind == "mystery_visit" else name


class VisitForm(forms.Form):
    """Who to be, where, when, and what to ask; one line a question, empty ones are left out."""

    name = forms.CharField(label=gettext_lazy("What it is about"), max_length=NAME_LENGTH)
    channel = forms.ChoiceField(label=gettext_lazy("How"))
    place = forms.CharField(
        label=gettext_lazy("Where"),
        max_length=PLACE_LENGTH,
        required=False,
        help_text=gettext_lazy("Which branch, number or address, if it matters."),
    )
    planned_for = forms.DateField(
        label=gettext_lazy("When"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    visitor = ColleagueField(label=gettext_lazy("Who goes"), queryset=User.objects.none())
    scenario = forms.CharField(
        label=gettext_lazy("Who you are"),
        max_length=SCENARIO_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("The visitor's part: a situation that a real customer could be in."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dutch = (get_language() or "nl").startswith("nl")
        channel, visitor = self.fields["channel"], self.fields["visitor"]
        if isinstance(channel, forms.ChoiceField):
            known = cards()
            channel.choices = [
                (kind, _how(kind, known[kind].name_nl if dutch else known[kind].name_en))
                for kind in _TRIED
                if kind in known
            ]
        if isinstance(visitor, forms.ModelChoiceField):
            colleagues = User.objects.filter(is_active=True).order_by("name")
            visitors = [user.pk for user in colleagues if user.may(May.SEE_ANSWERS)]
            visitor.queryset = colleagues.filter(pk__in=visitors)
        for at in range(1, MOST_QUESTIONS + 1):
            self.fields[f"question_{at}"] = forms.CharField(
                label=gettext_lazy("Question %(number)s") % {"number": at},
                max_length=QUESTION_LENGTH,
                required=at == 1,
                widget=forms.TextInput(attrs={"list": "questions", "autocomplete": "off"}),
            )

    @classmethod
    def of(cls, visit: Visit) -> "VisitForm":
        """The form filled in with a visit."""
        asked = {f"question_{each.position}": each.question for each in visit.answers.all()}
        fields = ("name", "channel", "place", "planned_for", "visitor", "scenario")
        return cls(initial={name: getattr(visit, name) for name in fields} | asked)

    def questions(self) -> list[forms.BoundField]:
        """The fields of the questions."""
        return [self[f"question_{at}"] for at in range(1, MOST_QUESTIONS + 1)]

    def plan(self) -> Plan:
        """What was filled in."""
        found = self.cleaned_data
        return Plan(
            name=found["name"],
            scenario=found["scenario"],
            channel=found["channel"],
            planned_for=found["planned_for"],
            visitor=found["visitor"],
            questions=[found[f"question_{at}"] for at in range(1, MOST_QUESTIONS + 1)],
            place=found["place"],
        )


class ReportForm(forms.Form):
    """When it was, how long it took to be helped, and for each question what was told."""

    visited_at = forms.DateTimeField(
        label=gettext_lazy("When it was"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    waited_minutes = forms.FloatField(
        label=gettext_lazy("Minutes before you were helped"), required=False, min_value=0, max_value=_LONGEST_WAIT
    )
    remarks = forms.CharField(
        label=gettext_lazy("What else you noticed"),
        required=False,
        max_length=REMARKS_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, answers: list[VisitAnswer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._answers = answers
        for each in answers:
            self.fields[f"told_{each.position}"] = forms.CharField(
                label=each.question,
                required=False,
                max_length=TOLD_LENGTH,
                widget=forms.Textarea(attrs={"rows": 3}),
                help_text=gettext_lazy("As it was said. Empty: not asked, or no answer."),
            )

    @classmethod
    def of(cls, visit: Visit, answers: list[VisitAnswer]) -> "ReportForm":
        """The form with what was written down before."""
        told = {f"told_{each.position}": each.told for each in answers}
        at: datetime = visit.visited_at or timezone.now()
        said = {"visited_at": timezone.localtime(at), "waited_minutes": visit.waited_minutes, "remarks": visit.remarks}
        return cls(answers=answers, initial=said | told)

    def told(self) -> list[forms.BoundField]:
        """The fields of the questions."""
        return [self[f"told_{each.position}"] for each in self._answers]

    def report(self) -> Report:
        """What was filled in."""
        found = self.cleaned_data
        return Report(
            visited_at=found["visited_at"],
            told={each.position: found[f"told_{each.position}"] or None for each in self._answers},
            waited_minutes=found["waited_minutes"],
            remarks=found["remarks"],
        )
