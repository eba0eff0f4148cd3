"""A sentence of the kernel, the channels or the analysis, in the language of the one who looks."""

from django.utils import formats
from django.utils.translation import gettext

from gehoor.kernel.errors import GehoorError
from gehoor.kernel.language import Sentence


def said(what: Sentence | GehoorError | str) -> str:
    """The sentence; of an error its reason.

    A value that is itself a translatable sentence ("because ...") is translated too; a number is written as the
    language writes it.
    """
    sentence = what.reason if isinstance(what, GehoorError) else what
    if not isinstance(sentence, Sentence):
        return gettext(sentence) if sentence else ""
    return gettext(sentence.text).format_map({name: _value(value) for name, value in sentence.values.items()})


def _value(value: str | int | float) -> str:
    if isinstance(value, str):
        return gettext(value) if value else ""
    return formats.number_format(value, use_l10n=True, force_grouping=True)
