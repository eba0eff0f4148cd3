"""Beside a case: whether it stands in the register of complaints, and the eight weeks."""

from django.db.models import Q
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from gehoor.rooms.accounts.models import User
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.desk.cases.panels import Panel
from gehoor.rooms.desk.cases.queries import family_of
from gehoor.rooms.desk.complaints.proposing import official_channels
from gehoor.rooms.desk.complaints.showing import rows
from gehoor.rooms.desk.models import Case, CaseVoice, Complaint, NoComplaint


def beside_case(case: Case, viewer: User) -> SafeString | str:
    """What the register says of this case; nothing where it is no complaint."""
    family = family_of(case)
    voices = CaseVoice.objects.filter(case__in=family)
    mine = Q(voice__in=voices.values("voice")) | Q(voice=None, case__in=family)
    found = list(Complaint.objects.filter(mine).select_related("person__merged_into").order_by("received_at"))
    registered = rows(found)
    reads_so = voices.filter(voice__understanding__kind="complaint", voice__channel__in=official_channels())
    settled = [each.voice_id for each in found if each.voice_id is not None]
    settled += NoComplaint.objects.filter(voice__in=voices.values("voice")).values_list("voice", flat=True)
    asks = reads_so.exclude(voice__in=settled).select_related("voice").order_by("pk").first()
    unregistered = asks.voice if asks is not None else None
    if not registered and unregistered is None:
        return ""
    context = {"rows": registered, "unregistered": unregistered, "may_handle": viewer.may(May.HANDLE_COMPLAINTS)}
    return render_to_string("desk/complaints/panel_part.html", context)


CASE_PANEL = Panel(name="complaints", order=15, render=beside_case, right=May.SEE_DESK)
