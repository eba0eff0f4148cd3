"""Reads what Facebook gives: "download your information" and answers of the Graph API. See README.md."""

import re
from collections.abc import Iterator

from gehoor.channels.base import Document, NothingSaid, Outcome, Recognition, Wishes
from gehoor.channels.facebook import activity, graph, threads
from gehoor.channels.table.encoding import KEEP, encoding_of
from gehoor.kernel.language import sentence

NOTHING_IN_IT = sentence("This part of what Facebook keeps holds nothing that anybody said to us.")
_THREAD = re.compile(r'"sender_name"\s*:')
_ACTIVITY = re.compile(r'"(?:comments_v2|wall_posts_sent_to_you(?:_v2)?|group_(?:posts|comments)_v2)"\s*:')
_POST = re.compile(r'"post"\s*:\s*"')
_TIMESTAMP = re.compile(r'"timestamp"\s*:\s*\d{9,10}\b')
_GRAPH = re.compile(r'"created_time"\s*:\s*"\d{4}-')
_GRAPH_ERROR = re.compile(r'\s*\{\s*"error"\s*:\s*\{.{0,2000}"fbtrace_id"', re.DOTALL)
_ELSEWHERE = re.compile(
    r"(?:^|/)(?:your_(?:facebook|instagram)_activity|this_profile's_activity_across_facebook|personal_information|"
    r"security_and_login_information|ads_information|apps_and_websites_off_of_facebook|logged_information|connections|"
    r"preferences|profile_information|comments_and_reactions|friends_and_followers)/"
)


class FacebookReader:
    """See README.md beside this file."""

    def recognise(self, document: Document, wishes: Wishes) -> Recognition:
        """Sure of what has the members of its exports, and of other files in the folders of a download."""
        if (document.path is not None and document.path.is_dir()) or wishes.mapping.keys() - {"ours"}:
            return Recognition(0.0)
        if not document.name.lower().endswith(".json"):
            return Recognition(0.0)
        return Recognition(0.94 if _sort(document) else 0.0)

    def read(self, document: Document, wishes: Wishes) -> Iterator[Outcome]:
        """Every post, comment and turn. Raises CannotRead as its parts do."""
        sort = _sort(document)
        if sort == "thread":
            yield from threads.outcomes(document, wishes)
        elif sort == "graph":
            yield from graph.outcomes(document, wishes)
        elif sort == "elsewhere":
            yield NothingSaid("1", _name(document).encode(), "text/plain", NOTHING_IN_IT)
        else:
            yield from activity.outcomes(document, wishes)


def _sort(document: Document) -> str:
    """What a file is, by how it begins and where it stands; "" for nothing of Facebook's."""
    head = document.head()
    text = head.decode(encoding_of(head), KEEP)
    if not text.lstrip("\ufeff \r\n\t").startswith(("{", "[")):
        return ""
    if _THREAD.search(text) and '"messages"' in text:
        return "thread"
    if _ACTIVITY.search(text) or (_POST.search(text) and _TIMESTAMP.search(text)):
        return "activity"
    if _GRAPH_ERROR.match(text) or (_GRAPH.search(text) and '"id"' in text and re.match(r'\s*\{\s*"data"', text)):
        return "graph"
    return "elsewhere" if _ELSEWHERE.search(document.name) else ""


def _name(document: Document) -> str:
    return document.name.rpartition("/")[2]


READER = FacebookReader()
"""The reader of Facebook."""
