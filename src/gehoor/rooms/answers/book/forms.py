"""What people fill in about entries."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.forms import BoundField
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext, gettext_lazy

from gehoor.kernel.language import LANGUAGES
from gehoor.rooms.accounts.models import User
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.answers.book.content import FIT, QUESTION_LENGTH, SUBJECT_LENGTH, TEXT_LENGTH, WHY_LENGTH, Content
from gehoor.rooms.answers.book.listing import subjects
from gehoor.rooms.answers.book.naming import AUDIENCE_NAMES, LANGUAGE_NAMES, MANNER_NAMES, STATE_NAMES
from gehoor.rooms.answers.book.rules import states_for
from gehoor.rooms.answers.models import Audience, Manner, State

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

A_YEAR = timedelta(days=365)


def _area(label: "str | _StrPromise", rows: int, *, required: bool = False, help_text: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        widget=forms.Textarea(attrs={"rows": rows}),
        max_length=TEXT_LENGTH,
        required=required,
        help_text=help_text,
        strip=False,
    )


def _day(label: "str | _StrPromise", help_text: "str | _StrPromise" = "") -> forms.DateField:
    picker = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=picker, required=False, help_text=help_text)


class EntryForm(forms.Form):
    """An entry, as it is written. ``writer`` is who writes: that decides how far it can go."""

    question = forms.CharField(
        label=gettext_lazy("The question, as customers ask it"),
        max_length=QUESTION_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    text = _area(gettext_lazy("The answer"), 12)
    language = forms.ChoiceField(label=gettext_lazy("Language"))
    subject = forms.CharField(
        label=gettext_lazy("Subject"),
        max_length=SUBJECT_LENGTH,
        required=False,
        widget=forms.TextInput(attrs={"list": "subjects", "autocomplete": "off"}),
        help_text=gettext_lazy("Under which heading it stands, such as “Repaying”. You may leave this open."),
    )
    owner = forms.ChoiceField(
        label=gettext_lazy("Who looks after it"),
        required=False,
        help_text=gettext_lazy("Who is asked when it is time."),
    )
    audience = forms.ChoiceField(label=gettext_lazy("For whom"), widget=forms.RadioSelect)
    state = forms.ChoiceField(label=gettext_lazy("How far it is"), widget=forms.RadioSelect)
    valid_from = _day(gettext_lazy("Holds from"))
    valid_to = _day(gettext_lazy("Holds up to and including"))
    review_on = _day(gettext_lazy("Look at it again on"))
    why = forms.CharField(
        label=gettext_lazy("Why this change?"),
        max_length=WHY_LENGTH,
        required=False,
        help_text=gettext_lazy("One line, for whoever wonders later."),
    )
    based_on = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, writer: User, state: str = "", **more: Any) -> None:
        super().__init__(*args, **more)
        self.subjects = subjects()
        self._choose("language", [(code, capfirst(gettext(name))) for code, name in LANGUAGE_NAMES.items()])
        self._choose("audience", [(each.value, capfirst(gettext(AUDIENCE_NAMES[each]))) for each in Audience])
        states = [each for each in states_for(writer) if each is not State.ARCHIVED or state == State.ARCHIVED]
        self._choose("state", [(each.value, capfirst(gettext(STATE_NAMES[each]))) for each in states])
        self._choose("owner", [("", gettext("Nobody yet")), *_colleagues()])
        for manner in Manner:
            for language in LANGUAGES:
                name = gettext(MANNER_NAMES[manner])
                self.fields[f"{manner.value}_{language}"] = _area(name, 3 if manner is Manner.POST else 5)

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    def clean(self) -> dict[str, Any]:
        """Days in order."""
        given = self.cleaned_data
        first, last = given.get("valid_from"), given.get("valid_to")
        if first and last and last < first:
            self.add_error("valid_to", gettext("The last day comes before the first."))
        if not given.get("text", "").strip() and given.get("state") != State.WORK_IN_PROGRESS:
            self.add_error("text", gettext("Write the answer, or leave it as being worked on."))
        return given

    def content(self, before: Content | None = None) -> Content:
        """What was written, of a valid form."""
        said = self.cleaned_data
        written = tuple(
            (manner.value, language, said[f"{manner.value}_{language}"]) for manner in Manner for language in LANGUAGES
        )
        return Content(
            question=said["question"],
            text=said["text"],
            language=said["language"],
            subject=said["subject"],
            forms=written,
            state=said["state"],
            audience=said["audience"],
            owner=int(said["owner"]) if said["owner"] else None,
            valid_from=said["valid_from"],
            valid_to=said["valid_to"],
            review_on=said["review_on"],
        )

    @property
    def has_manners(self) -> bool:
        """Whether anything was written for one manner, or is wrong there."""
        names = [f"{manner.value}_{language}" for manner in Manner for language in LANGUAGES]
        return any(self[name].value() or self[name].errors for name in names)

    def manners(self) -> Iterator[tuple[str, list[tuple[BoundField, int]]]]:
        """The fields of the forms by language, each with how much fits."""
        for language in LANGUAGES:
            fields = [(self[f"{manner.value}_{language}"], FIT[manner]) for manner in Manner]
            yield gettext(LANGUAGE_NAMES[language]), fields


def _colleagues() -> list[tuple[str, str]]:
    rows = User.objects.filter(is_active=True).order_by("name")
    return [(str(each.pk), each.name) for each in rows if each.may(May.PROPOSE_ANSWERS) or each.may(May.EDIT_ANSWERS)]


def written(content: Content, number: int | None) -> dict[str, Any]:
    """The same, as the form begins with it."""
    values: dict[str, Any] = {f"{manner}_{language}": text for manner, language, text in content.forms}
    return {
        **values,
        "question": content.question,
        "text": content.text,
        "language": content.language,
        "subject": content.subject,
        "owner": str(content.owner or ""),
        "audience": content.audience,
        "state": content.state,
        "valid_from": content.valid_from,
        "valid_to": content.valid_to,
        "review_on": content.review_on,
        "based_on": number,
    }


def in_a_year(today: date | None = None) -> date:
    """When an entry that was looked at today is looked at again, unless someone says otherwise."""
    return (today or timezone.localdate()) + A_YEAR


class PhrasingForm(forms.Form):
    """Another way to ask the same."""

    text = forms.CharField(label=gettext_lazy("Asked otherwise"), max_length=1_000)


class ReviewedForm(forms.Form):
    """It was looked at; when again."""

    review_on = forms.DateField(
        label=gettext_lazy("Look at it again on"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        required=False,
    )


class UploadForm(forms.Form):
    """A file with questions and answers."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "A table (.csv, .xlsx), Markdown (.md), or a page of frequently asked questions (.html)."
        ),
    )

    def clean_file(self) -> Any:
        """Of a size that a browser sends in one go."""
        file = self.cleaned_data["file"]
        if file.size > 50 * 1024 * 1024:
            raise forms.ValidationError(gettext("This file is larger than 50 MB; take it in with the command line."))
        return file


class ImportForm(forms.Form):
    """What who imports says of entries of which the file does not say it; for a table, which column holds what."""

    source = forms.CharField(
        label=gettext_lazy("Where it comes from"),
        max_length=200,
        help_text=gettext_lazy("Give the same name next time: then the same entries are changed, and none is doubled."),
    )
    language = forms.ChoiceField(label=gettext_lazy("Language, where the file does not say"))
    state = forms.ChoiceField(label=gettext_lazy("How far they are, where the file does not say"))
    audience = forms.ChoiceField(label=gettext_lazy("For whom, where the file does not say"))

    def __init__(self, *args: Any, columns: tuple[str, ...] = (), fields: dict[str, str], **more: Any) -> None:
        super().__init__(*args, **more)
        states = [State.NOT_VALIDATED, State.VALIDATED, State.WORK_IN_PROGRESS]
        languages = [(code, gettext(name)) for code, name in LANGUAGE_NAMES.items()]
        choices = {
            "language": languages,
            "state": [(each.value, gettext(STATE_NAMES[each])) for each in states],
            "audience": [(each.value, gettext(AUDIENCE_NAMES[each])) for each in Audience],
        }
        for name, offered in choices.items():
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = offered
        self.column_names = list(fields) if columns else []
        columns_offered = [("", gettext("No column")), *((each, each) for each in columns)]
        for name in self.column_names:
            needed = name in {"question", "answer"}
            self.fields[f"column_{name}"] = forms.ChoiceField(
                label=gettext(fields[name]), choices=columns_offered, required=needed
            )

    def column_fields(self) -> list[BoundField]:
        """The fields that say which column holds what."""
        return [self[f"column_{name}"] for name in self.column_names]

    def mapping(self) -> dict[str, str]:
        """Field to column, of a valid form."""
        chosen = {name: self.cleaned_data.get(f"column_{name}", "") for name in self.column_names}
        return {name: column for name, column in chosen.items() if column}
