"""What this room keeps."""

from gehoor.rooms.desk.models.answering import Answer, Draft, Manners, Receipt, Unsaid
from gehoor.rooms.desk.models.case import (
    WAITS_FOR_US,
    Act,
    Case,
    CaseVoice,
    LookedAtReply,
    LookedAtVoice,
    Mention,
    Presence,
    Priority,
    Speed,
    State,
)
from gehoor.rooms.desk.models.clock import Clock, ClockKind, Hours
from gehoor.rooms.desk.models.complaint import Complaint, ComplaintStep, NoComplaint, Outcome
from gehoor.rooms.desk.models.promise import LookedForPromises, Promise, PromiseState, PromiseStep
from gehoor.rooms.desk.models.talking import (
    Chat,
    ChatLine,
    Invitation,
    OpenPages,
    OwnDataLink,
    OwnDataWish,
    Post,
    PostKind,
    WishKind,
)

__all__ = [
    "WAITS_FOR_US",
    "Act",
    "Answer",
    "Case",
    "CaseVoice",
    "Chat",
    "ChatLine",
    "Clock",
    "ClockKind",
    "Complaint",
    "ComplaintStep",
    "Draft",
    "Hours",
    "Invitation",
    "LookedAtReply",
    "LookedAtVoice",
    "LookedForPromises",
    "Manners",
    "Mention",
    "NoComplaint",
    "OpenPages",
    "Outcome",
    "OwnDataLink",
    "OwnDataWish",
    "Post",
    "PostKind",
    "Presence",
    "Priority",
    "Promise",
    "PromiseState",
    "PromiseStep",
    "Receipt",
    "Speed",
    "State",
    "Unsaid",
    "WishKind",
]
