"""How customers of the example want to be reached: who said so in what we heard, and where some of them live."""

from gehoor.channels.outgoing import PostalAddress
from gehoor.demo.moments import Days
from gehoor.demo.people import colleague, person, voice
from gehoor.rooms.people.stating import do_enter_address, do_state_preference

STATED = (
    ("c0025", 476, "email", False),
    ("c0039", 424, "letter", True),
    ("c0061", 373, "call", False),
    ("b0080", 299, "call", False),
    ("c0076", 340, "letter", True),
)
"""The voice in which it was said, so many days ago it was written down, the channel, and whether it is wanted."""
_LIVE_AT = (
    ("a0013", 432, PostalAddress("Haagdijk 231", "4811 TR", "Breda")),
    ("c0034", 442, PostalAddress("Schutstraat 41", "7906 KC", "Hoogeveen")),
)


def do_write_down_wishes(days: Days) -> None:
    """What an adviser writes down while answering."""
    adviser = colleague("femke.smit")
    for said, ago, channel, wanted in STATED:
        whose = person(said)
        if whose is not None:
            with days.acting(ago, 11):
                do_state_preference(person=whose, channel=channel, wanted=wanted, actor=adviser, voice=voice(said))
    for said, ago, address in _LIVE_AT:
        whose = person(said)
        if whose is not None:
            with days.acting(ago, 15):
                do_enter_address(person=whose, address=address, actor=adviser)
