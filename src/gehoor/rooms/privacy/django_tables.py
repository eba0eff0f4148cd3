"""Declarations for the tables that Django brings along: they hold staff data too."""

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session

from gehoor.kernel.language import sentence
from gehoor.kernel.personal_data import Datum, personal_data

_UNUSED = sentence("without limit; Gehoor keeps nothing of its own in it")

personal_data(
    purpose=sentence("to keep someone who works here signed in"),
    kept=sentence("until they sign out, or two weeks after they signed in"),
    session_key=Datum.STAFF,
    session_data=Datum.STAFF,
    expire_date=Datum.STAFF,
)(Session)

personal_data(
    purpose=sentence("to name the kinds of things that Django knows"),
    kept=_UNUSED,
    id=Datum.NONE,
    app_label=Datum.NONE,
    model=Datum.NONE,
)(ContentType)

personal_data(
    purpose=sentence("part of Django; Gehoor uses its own roles instead"),
    kept=_UNUSED,
    id=Datum.NONE,
    name=Datum.NONE,
    content_type=Datum.NONE,
    codename=Datum.NONE,
)(Permission)

personal_data(
    purpose=sentence("part of Django; Gehoor uses its own roles instead"),
    kept=_UNUSED,
    id=Datum.NONE,
    name=Datum.NONE,
)(Group)

personal_data(
    purpose=sentence("part of Django; Gehoor uses its own roles instead"),
    kept=_UNUSED,
    id=Datum.NONE,
    group=Datum.NONE,
    permission=Datum.NONE,
)(Group.permissions.through)
