"""How given answers follow when the text of a voice was corrected, and when something of them is erased."""

from collections.abc import Collection

from django.db.models import Q

from gehoor.rooms.answers.given.finding import look_again
from gehoor.rooms.answers.models import Given, Question
from gehoor.rooms.voices.changes import Changed

_AT_ONCE = 5_000


def follow(changed: Changed) -> None:
    """Places move along with the text; what was asked and answered is looked for again."""
    rows = list(Given.objects.filter(voice=changed.voice))
    for given in rows:
        given.ask_start, given.ask_end = changed.edits.moved(given.ask_start), changed.edits.moved(given.ask_end)
        if given.reply_id is None:
            given.start, given.end = changed.edits.moved(given.start), changed.edits.moved(given.end)
    Given.objects.bulk_update(rows, ["ask_start", "ask_end", "start", "end"])
    do_judge_again(Q(voice=changed.voice))
    look_again(changed.voice)


def do_judge_again(of: Q) -> None:
    """Have the questions of these answers judged again; until then nothing is shown of what they said."""
    Question.objects.filter(pk__in=Given.objects.filter(of).exclude(question=None).values("question")).update(
        verdict="", groups=[], clashes=[]
    )


def do_forget(*, voices: Collection[int] = (), replies: Collection[int] = ()) -> None:
    """Erase what these voices asked and what these replies answered. A question that was worded as one of them asked it
    gets other words when it is judged again; one of which nothing is left goes."""
    for keys, of in ((list(voices), "voice__in"), (list(replies), "reply__in")):
        for at in range(0, len(keys), _AT_ONCE):
            some = Q(**{of: keys[at : at + _AT_ONCE]})
            do_judge_again(some)
            Given.objects.filter(some).delete()
    for at in range(0, len(voices), _AT_ONCE):
        worded = Question.objects.filter(asked_in__in=list(voices)[at : at + _AT_ONCE])
        worded.update(text="", asked_in=None, verdict="", groups=[], clashes=[])
    Question.objects.filter(text="", given=None).delete()
