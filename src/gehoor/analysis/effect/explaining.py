"""What was found, in two or three plain sentences."""

from gehoor.analysis.effect.result import Effect, Estimate, Method, Reason, Verdict
from gehoor.kernel.language import Sentence, sentence

_FOUND = {
    Verdict.HELPED: sentence(
        "Since the change {value} % fewer people ask for this than would have asked anyway "
        "(between {low} % and {high} % fewer)."
    ),
    Verdict.WORSE: sentence(
        "Since the change {value} % more people ask for this than would have asked anyway "
        "(between {low} % and {high} % more)."
    ),
}
_NOTHING = sentence(
    "Nothing changed that matters: a difference of {smallest} % or more can be ruled out "
    "(the asks are between {low} % and {high} % of what they would have been anyway)."
)
_REASONS = {
    Reason.NO_WEEKS_BEFORE: sentence(
        "We cannot tell: there are too few weeks before the change to know what would have been."
    ),
    Reason.NO_WEEKS_AFTER: sentence("We cannot tell yet: there are too few weeks since the change."),
    Reason.TOO_FEW_ASKS: sentence("We cannot tell: too few people ask for this to see a difference."),
    Reason.EVENT_COVERS: sentence("We cannot tell: recorded events cover nearly all weeks before or since the change."),
    Reason.WIDE: sentence(
        "We cannot tell: they may ask anything between {low} % and {high} % as often as they would have anyway."
    ),
    Reason.ONLY_MORE: sentence(
        "We cannot tell: more people ask for this, but without a comparison that may come from something else, "
        "such as a campaign."
    ),
}
_BROKEN = {
    "season": sentence(
        "We cannot tell: there is less than a year before the change, so that the season may pass for an effect."
    ),
    "stretch": sentence(
        "We cannot tell: a few weeks round the change decide the outcome; something that nobody recorded, such as a "
        "campaign, may have made it."
    ),
    "placebo": sentence("We cannot tell: the asks jumped as much at moments when nothing was changed."),
    "parallel": sentence("We cannot tell: before the change the asks and the comparison already went apart."),
    "others": sentence("We cannot tell: everything else that people asked jumped at the same moment."),
}
_FEWER = sentence("That is {total} asks fewer in {weeks} weeks (between {low} and {high}), {week} a week.")
_MORE = sentence("That is {total} asks more in {weeks} weeks (between {low} and {high}), {week} a week.")
_COMPARED = sentence(
    "Without the change it would have moved with what else people asked, such as season and growth; that is taken out."
)
_ALONE = sentence("There is no comparison, so what happened at the same moment and lasted would look the same.")


def explain(effect: Effect) -> tuple[Sentence, ...]:
    """Two or three sentences on what was found, the verdict first."""
    return (_verdict(effect), *_more(effect))


def _verdict(effect: Effect) -> Sentence:
    relative = effect.relative
    if effect.reason is Reason.BROKEN:
        return Sentence(_BROKEN[effect.broken[0].name])
    if relative is None or effect.reason not in (Reason.NONE, Reason.WIDE):
        return Sentence(_REASONS[effect.reason])
    if effect.verdict in _FOUND:
        low, high = sorted((abs(relative.low), abs(relative.high)))
        values = {"value": _percent(abs(relative.value)), "low": _percent(low), "high": _percent(high)}
        return Sentence(_FOUND[effect.verdict], values)
    between = {"low": _percent(1 + relative.low), "high": _percent(1 + relative.high)}
    if effect.verdict is Verdict.NO_EFFECT:
        return Sentence(_NOTHING, {"smallest": _percent(effect.smallest), **between})
    return Sentence(_REASONS[Reason.WIDE], between)


def _more(effect: Effect) -> tuple[Sentence, ...]:
    if effect.reason is Reason.BROKEN:
        return (Sentence(effect.broken[0].figure, effect.broken[0].values),)
    if effect.verdict is Verdict.CANNOT_TELL or effect.total is None:
        return ()
    alone = Sentence(_COMPARED if effect.method is Method.CONTROLLED else _ALONE)
    if effect.verdict is Verdict.NO_EFFECT:
        return (alone,)
    return (_in_asks(effect, effect.total), alone)


def _in_asks(effect: Effect, total: Estimate) -> Sentence:
    low, high = sorted((abs(total.low), abs(total.high)))
    weeks = len(effect.after)
    values = {
        "total": round(abs(total.value)),
        "weeks": weeks,
        "low": round(low),
        "high": round(high),
        "week": round(abs(total.value) / weeks, 1),
    }
    return Sentence(_FEWER if effect.verdict is Verdict.HELPED else _MORE, values)


def _percent(share: float) -> int:
    return round(100 * share)
