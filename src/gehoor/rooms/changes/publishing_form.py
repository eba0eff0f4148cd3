"""What people fill in to tell everyone about a change."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy

from gehoor.rooms.changes.events_form import day_field
from gehoor.rooms.changes.log import standing_of
from gehoor.rooms.changes.models import Change, Published
from gehoor.rooms.changes.publishing import TEXT_LENGTH, TITLE_LENGTH, Text


def _title(label: Any, *, required: bool) -> forms.CharField:
    return forms.CharField(label=label, max_length=TITLE_LENGTH, required=required)


def _text(label: Any, *, required: bool, help_text: Any = "") -> forms.CharField:
    area = forms.Textarea(attrs={"rows": 6})
    return forms.CharField(label=label, max_length=TEXT_LENGTH, required=required, widget=area, help_text=help_text)


class PublishForm(forms.Form):
    """A title and a text in Dutch, the same in English if wanted, and since when it is so."""

    title_nl = _title(gettext_lazy("Title, in Dutch"), required=True)
    text_nl = _text(
        gettext_lazy("What was asked, and what we did or why not; in Dutch"),
        required=True,
        help_text=gettext_lazy(
            "Everyone can read it. Quote nobody who could be recognised. An empty line begins a new paragraph."
        ),
    )
    title_en = _title(gettext_lazy("Title, in English"), required=False)
    text_en = _text(gettext_lazy("The same, in English"), required=False)
    day = day_field(gettext_lazy("Since when"))
    place = forms.IntegerField(
        label=gettext_lazy("Place on the page"),
        min_value=1,
        max_value=999,
        help_text=gettext_lazy("A lower number stands higher; equal ones, the newest first."),
    )

    @classmethod
    def of(cls, change: Change, published: Published | None) -> "PublishForm":
        """The form as it stands now, or with what is known for a first text."""
        if published is not None:
            names = ("title_nl", "text_nl", "title_en", "text_en", "day", "place")
            return cls(initial={name: getattr(published, name) for name in names})
        now = standing_of(change)
        day = (now.done.day if now.done else None) or timezone.localdate()
        reason = now.decision.reason if now.decision else ""
        return cls(initial={"title_nl": change.name, "text_nl": reason, "day": day, "place": 100})

    def clean(self) -> dict[str, Any]:
        """English is all there or not at all."""
        found = super().clean() or self.cleaned_data
        title, text = found.get("title_en"), found.get("text_en")
        if title and not text:
            self.add_error("text_en", gettext("The English title needs an English text."))
        if text and not title:
            self.add_error("title_en", gettext("The English text needs an English title."))
        return found

    def said(self) -> Text:
        """What was filled in."""
        found = self.cleaned_data
        return Text(
            found["title_nl"], found["text_nl"], found["day"], found["title_en"], found["text_en"], found["place"]
        )
