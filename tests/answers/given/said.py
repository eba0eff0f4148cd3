"""What was asked and answered: (question, answer, adviser, channel, day)."""

from tests.people.conftest import hear, tell

from gehoor.rooms.answers.models import Given

PENALTY = "Hoeveel procent mag ik boetevrij aflossen?"
OFFER = "Hoe lang is mijn renteaanbod geldig?"
YEARLY = "Wanneer krijg ik mijn jaaropgave?"

SAID = [
    (PENALTY, "U mag per jaar 10% boetevrij aflossen.", "Marieke Postma", "email", 1),
    (PENALTY, "Elk jaar kunt u 10 procent zonder boete aflossen.", "Daan Hofman", "email", 9),
    ("Hoeveel mag ik boetevrij aflossen?", "U mag per jaar 10% boetevrij aflossen.", "Karin Bos", "letter", 12),
    (PENALTY, "U mag per jaar 15% boetevrij aflossen.", "Daan Hofman", "chat", 40),
    ("Hoeveel mag ik boetevrij aflossen?", "Dat is 15 procent per jaar, boetevrij.", "Yusuf Aydin", "chat", 44),
    (OFFER, "Uw renteaanbod is drie weken geldig.", "Karin Bos", "email", 3),
    (OFFER, "Het aanbod is 3 weken geldig.", "Daan Hofman", "email", 5),
    (YEARLY, "U ontvangt uw jaaropgave in januari.", "Karin Bos", "email", 7),
    (YEARLY, "De jaaropgave sturen wij in januari.", "Yusuf Aydin", "letter", 8),
    ("Mijn dochter wil weten of u ook kalenders weggeeft?", "Nee, die hebben wij niet.", "Karin Bos", "email", 6),
]


def ask(question, answer, adviser="Karin Bos", channel="email", day=0, person=None, **more):
    """A voice with a reply to it, understood."""
    from .conftest import understand

    voice = understand(hear(text=question, channel=channel, day=day), person=person, **more)
    return voice, tell(answers=voice, text=answer, adviser=adviser, channel=channel, day=day)


def hear_everything(order=SAID):
    """All of it, in this order; everyone says it once."""
    from .conftest import someone

    return [ask(*row, person=someone(f"Klant {row[4]}")) for row in order]


def stands():
    """What was made of it, without keys: questions with their verdicts and groups of answers."""
    found = {}
    for given in Given.objects.exclude(question=None).select_related("question", "reply"):
        groups = found.setdefault(given.question_id, (given.question.verdict, {}))[1]
        groups.setdefault(given.group, set()).add(given.reply.text)
    return sorted((verdict, sorted(map(sorted, groups.values()))) for verdict, groups in found.values())
