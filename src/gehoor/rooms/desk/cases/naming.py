"""What a case is called: by who and what, never by a number."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext

from gehoor.rooms.desk.models import Case
from gehoor.rooms.people.models import Person
from gehoor.rooms.people.salutation import called_by, envelope_name
from gehoor.rooms.people.story import how
from gehoor.rooms.voices.models import Voice


def titles(cases: Sequence[Case]) -> Mapping[int, str]:
    """Titles by primary key; two queries."""
    voices = [case.voice_id for case in cases]
    names = dict(Person.objects.filter(attributions__voice__in=voices).values_list("attributions__voice", "name"))
    authors = dict(Voice.objects.filter(pk__in=voices).values_list("pk", "author"))
    return {case.pk: _title(names.get(case.voice_id, ""), authors.get(case.voice_id, ""), case) for case in cases}


def _title(name: str, author: str, case: Case) -> str:
    who = who_of(name, author, case.channel)
    if not case.about:
        return gettext("%(who)s waits for us") % {"who": who}
    return gettext("%(who)s about “%(about)s”") % {"who": who, "about": case.about}


def who_of(name: str, author: str, channel: str) -> str:
    """How to call who waits: by name as on an envelope, else by handle, else by where they spoke."""
    for each in (name, author):
        if called_by(each) is not None and (found := envelope_name(each)):
            return found
    handle = author.strip() or name.strip()
    if handle and "@" not in handle.strip("@"):
        return handle
    return gettext("Someone %(how)s") % {"how": how(channel)}
