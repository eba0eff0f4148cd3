"""Made answers by advisers to some hundreds of questions: how long it takes to see whether they agree, and how well.

    python benchmarks/answers.py [ANSWERS]

Every question is an aspect of a subject, asked in dozens of wordings, with and without something around it; a third of
the questions is answered with values that clash. Draws are seeded. Prints one line a figure; ``answers.md`` holds the
last ones.
"""

import os
import random
import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1] / "src")]

SUBJECTS = (
    *("bouwdepot", "hypotheek", "overbruggingskrediet", "inboedelverzekering", "opstalverzekering", "betaalrekening"),
    *("spaarrekening", "creditcard", "autoverzekering", "reisverzekering", "zorgverzekering", "pensioen", "lijfrente"),
    *("beleggingsrekening", "doorlopend krediet", "huurcontract", "energiecontract", "internetabonnement", "paspoort"),
    *("mobiel abonnement", "parkeervergunning", "kinderopvang", "rijbewijs", "bouwvergunning", "uitvaartverzekering"),
    *("rechtsbijstand", "studielening", "dierenverzekering", "tankpas", "zonnepanelen"),
)
ASPECTS: tuple[tuple[tuple[str, ...], tuple[str, ...], tuple[tuple[str, ...], ...]], ...] = (
    (
        ("Wat kost {s} per maand?", "Hoeveel betaal ik per maand voor {s}?", "wat ben ik maandelijks kwijt aan {s}"),
        ("{s} kost {v} per maand.", "U betaalt {v} per maand voor {s}.", "Per maand is dat {v} voor {s}."),
        (("€ 25", "25 euro"), ("€ 32,50", "32,50 euro"), ("€ 41", "41 euro")),
    ),
    (
        ("Wat is de opzegtermijn van {s}?", "Hoe lang van tevoren moet ik {s} opzeggen?", "opzegtermijn {s}?"),
        ("De opzegtermijn van {s} is {v}.", "U zegt {s} op met een termijn van {v}."),
        (("1 maand", "een maand"), ("3 maanden", "drie maanden"), ("2 weken", "veertien dagen")),
    ),
    (
        (
            "Hoe snel is mijn aanvraag voor {s} behandeld?",
            "Binnen hoeveel dagen hoor ik iets over de aanvraag van {s}?",
        ),
        ("De aanvraag voor {s} is binnen {v} behandeld.", "Over uw aanvraag voor {s} hoort u binnen {v} van ons."),
        (("5 werkdagen", "vijf werkdagen"), ("10 werkdagen", "tien werkdagen"), ("20 werkdagen", "twintig werkdagen")),
    ),
    (
        ("Hoeveel procent korting krijg ik op {s}?", "Welke korting geven jullie op {s}, in procenten?"),
        ("U krijgt {v} korting op {s}.", "De korting op {s} is {v}."),
        (("5 %", "5 procent", "vijf procent"), ("10 %", "tien procent"), ("15 %", "vijftien procent")),
    ),
    (
        ("Mag ik {s} overdragen aan mijn partner?", "Kan {s} op naam van mijn partner worden gezet?"),
        ("{v}, {s} overdragen aan uw partner {m}.", "{v}, {s} op naam van uw partner zetten {m}."),
        (("Ja",), ("Nee",)),
    ),
    (
        ("Wat is het eigen risico van {s}?", "Hoe hoog is het eigen risico bij {s}?"),
        ("Het eigen risico van {s} is {v}.", "Bij {s} geldt een eigen risico van {v}."),
        (("€ 150", "150 euro"), ("€ 250", "250 euro"), ("€ 385", "385 euro")),
    ),
    (
        ("Op welke dag wordt {s} afgeschreven?", "Welke dag van de maand schrijven jullie {s} af?"),
        ("{s} wordt op {v} van de maand afgeschreven.", "Wij schrijven {s} af op {v} van de maand."),
        (("de 1e", "de eerste"), ("de 15e", "de vijftiende"), ("de 28e", "de 28ste")),
    ),
    (
        ("Hoe oud moet ik zijn voor {s}?", "Vanaf welke leeftijd kan ik {s} aanvragen?"),
        ("Voor {s} moet u {v} jaar zijn.", "{s} kunt u aanvragen vanaf {v} jaar."),
        (("18", "achttien"), ("21", "eenentwintig"), ("23", "drieentwintig")),
    ),
    (
        ("Hoe lang blijft {s} geldig?", "Hoeveel jaar is {s} geldig?"),
        ("{s} blijft {v} geldig.", "De geldigheid van {s} is {v}."),
        (("5 jaar", "vijf jaar"), ("10 jaar", "tien jaar"), ("2 jaar", "twee jaar")),
    ),
    (
        ("Moet ik een kopie van mijn paspoort meesturen voor {s}?", "Is een kopie van mijn paspoort nodig bij {s}?"),
        (
            "{v}, een kopie van uw paspoort is voor {s} {n} nodig.",
            "{v}, voor {s} {h} u geen kopie van uw paspoort mee te sturen.",
        ),
        (("Ja",), ("Nee",)),
    ),
)
BEFORE = ("", "", "", "Goedemiddag, ", "Hallo, ", "Beste mensen, ")
AFTER = ("", "", "", " Ik hoor het graag.", " Alvast bedankt.", " Ik kon het op de website niet vinden.", " Groet, {n}")
AROUND = (
    "",
    "",
    "",
    "Mijn buurman zei dat het anders is. ",
    "Ik ben al {y} jaar klant bij u. ",
    "Wij gaan in {m} verhuizen. ",
    "Vorige week heb ik hierover gebeld. ",
    "Mijn klantnummer is {k}. ",
)
NAMES = ("Anna", "Bram", "Carla", "Daan", "Els", "Fatima", "Gijs", "Hanna", "Ivo", "Jamila", "Kees", "Lotte")
MONTHS = ("januari", "maart", "mei", "juli", "september", "november")
OPENS = ("", "", "Goedemiddag. ", "Dank voor uw bericht. ", "Beste klant, ")
ADVISERS = tuple(f"{first} {last}" for first in NAMES for last in ("de Boer", "Jansen", "Visser", "Smit", "Bos"))
START = datetime(2024, 1, 1, 9, 0, tzinfo=UTC)
QUESTIONS = len(SUBJECTS) * len(ASPECTS)


def question_of(number: int) -> tuple[str, int]:
    """Subject and aspect."""
    return SUBJECTS[number % len(SUBJECTS)], number // len(SUBJECTS)


def clashes(number: int) -> bool:
    """Whether advisers give values to this question that clash."""
    return number % 3 == 0


def said(number: int, chance: random.Random) -> tuple[str, str]:
    """One way to ask question ``number``, and one answer to it."""
    subject, aspect = question_of(number)
    asks, answers, values = ASPECTS[aspect]
    around = chance.choice(AROUND).format(
        y=chance.randint(2, 30), m=chance.choice(MONTHS), k=chance.randint(10**5, 10**6)
    )
    after = chance.choice(AFTER).format(n=chance.choice(NAMES))
    asked = chance.choice(asks).format(s=f"mijn {subject}")
    question = f"{chance.choice(BEFORE)}{around}{asked}{after}"
    which = chance.choices(range(len(values)), [6, 3, 1][: len(values)])[0] if clashes(number) else number % len(values)
    value = chance.choice(values[which])
    yes = value == "Ja"
    words = {"m": "mag" if yes else "mag niet", "n": "wel" if yes else "niet", "h": "hoeft" if not yes else "dient"}
    form = answers[0] if "{h}" in answers[-1] else chance.choice(answers)
    answer = form.format(s=f"uw {subject}", v=value, **words)
    return question, f"{chance.choice(OPENS)}{answer[:1].upper()}{answer[1:]}"


def fill(answers: int) -> None:
    """Voices that were understood, each with its reply."""
    from django.db import transaction

    from gehoor.kernel.ids import content_hash, new_id
    from gehoor.rooms.people.models import Attribution, Person
    from gehoor.rooms.voices import rows
    from gehoor.rooms.voices.models import Ask, Original, Reply, Understanding, Voice

    chance = random.Random(20)
    original = Original.objects.create(sha256=content_hash(b"made"), media_type="text/plain", size=4, data=b"made")
    persons = [each.pk for each in Person.objects.bulk_create([Person(name="") for _ in range(answers // 3 + 1)])]
    same = {"subject": "", "author": "", "native_id": "", "file": "made", "original": original.pk, "container": None}
    for at in range(0, answers, 5_000):
        batch = range(at, min(at + 5_000, answers))
        with transaction.atomic():
            voices, replies = rows.next_ids(Voice, len(batch)), rows.next_ids(Reply, len(batch))
            made = []
            for place, number in enumerate(batch):
                question, answer = said(chance.randrange(QUESTIONS) if number >= QUESTIONS else number, chance)
                moment = START + timedelta(minutes=number * 5)
                made.append(
                    (voices[place], replies[place], question, answer, moment, chance.choice(("email", "chat", "call")))
                )
            common = [
                {**same, "public_id": new_id(), "channel": c, "said_at": t, "heard_at": t, "item": str(v)}
                for v, _, _, _, t, c in made
            ]
            rows.insert(
                Voice,
                (
                    {
                        **c,
                        "id": m[0],
                        "text": m[2],
                        "words": len(m[2].split()),
                        "conversation": None,
                        "identities": [],
                        "quoted": "",
                        "signature": "",
                        "duration_seconds": None,
                        "waited_seconds": None,
                        "score": None,
                    }
                    for c, m in zip(common, made, strict=True)
                ),
            )
            rows.insert(
                Reply,
                (
                    {
                        **c,
                        "public_id": new_id(),
                        "id": m[1],
                        "text": m[3],
                        "conversation": None,
                        "recipients": [],
                        "quoted": "",
                        "adviser": chance.choice(ADVISERS),
                        "answers": m[0],
                    }
                    for c, m in zip(common, made, strict=True)
                ),
            )
            rows.insert(
                Understanding,
                (
                    {
                        "voice": m[0],
                        "language": "nl",
                        "kind": "question",
                        "kind_by_person": False,
                        "cues": [],
                        "lemmas": "",
                    }
                    for m in made
                ),
            )
            rows.insert(
                Ask,
                (
                    {
                        "public_id": new_id(),
                        "voice": m[0],
                        "position": 0,
                        "start": 0,
                        "end": len(m[2]),
                        "words": len(m[2].split()),
                    }
                    for m in made
                ),
            )
            rows.insert(Attribution, ({"voice": m[0], "person": chance.choice(persons)} for m in made))


def truth() -> dict[str, int]:
    """Which question was meant: by the words of subject and aspect in its plainest wordings."""
    return {
        ask.format(s=f"mijn {s}").lower(): number
        for number in range(QUESTIONS)
        for s, a in [question_of(number)]
        for ask in ASPECTS[a][0]
    }


def main(answers: int) -> None:
    """Fill a home, run the stages, print figures."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["GEHOOR_HOME"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "gehoor.settings"
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0, interactive=False)
        took(f"{answers} answers to {QUESTIONS} questions made", lambda: fill(answers))
        from gehoor.rooms.answers.given import deciding, finding, joining
        from gehoor.rooms.needs import embedding

        took("vectors of the asks (the stage of the needs)", lambda: drain(embedding.pending, embedding.drain))
        seconds = took("what was asked and answered found", lambda: drain(finding.pending, finding.drain))
        seconds += took("joined to questions", lambda: joining.do_join())
        seconds += took("judged", lambda: drain(deciding.pending, deciding.do_judge_some))
        print(f"together: {seconds:.0f} s, {answers / seconds:.0f} answers a second")
        print(f"most memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")
        report()


def took(what: str, work: Callable[[], object]) -> float:
    """Do it and say how long it took."""
    began = time.monotonic()
    work()
    seconds = time.monotonic() - began
    print(f"{what}: {seconds:.1f} s", flush=True)
    return seconds


def drain(pending: Callable[[], int], do: Callable[[int], int]) -> None:
    """To the end."""
    while pending() and do(2_000):
        pass


def joined(known: dict[str, int]) -> Iterator[tuple[int, int | None]]:
    """The question that was meant, and the one that was found."""
    from gehoor.rooms.answers.models import Given

    rows = Given.objects.values_list("question_id", "ask_start", "ask_end", "voice__text")
    for question, start, end, text in rows.iterator():
        asked = " ".join(text[start:end].lower().split())
        meant = (
            next((number for words, number in known.items() if words in asked), None)
            if asked not in known
            else known[asked]
        )
        if meant is not None:
            yield meant, question


def report() -> None:
    """How well: pairs of answers rightly and wrongly together, and verdicts."""
    from gehoor.rooms.answers.models import Question

    pairs = Counter(joined(truth()))
    meant: Counter[int] = Counter()
    found: Counter[int] = Counter()
    for (m, f), n in pairs.items():
        meant[m] += n
        if f is not None:
            found[f] += n
    both = sum(n * (n - 1) for (_, f), n in pairs.items() if f is not None)
    print(f"questions found: {Question.objects.count()} of {QUESTIONS}")
    print(f"pairs together that belong together: {both / max(1, sum(n * (n - 1) for n in found.values())):.4f}")
    print(f"pairs that belong together and are: {both / max(1, sum(n * (n - 1) for n in meant.values())):.4f}")
    of = {f: max((n, m) for (m, g), n in pairs.items() if g == f)[1] for f in found}
    verdicts = Counter((clashes(of[q.pk]), q.verdict) for q in Question.objects.all() if q.pk in of)
    print(f"(clashes in truth, verdict): {dict(sorted(verdicts.items()))}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)
