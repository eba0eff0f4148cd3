"""What was found in an archive and what not, by site."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from gehoor.channels.base import NothingSaid
from gehoor.kernel.language import sentence

MOST_SITES = 40
"""Sites that are told of one by one."""
LISTED = 2_000
"""Addresses of a site that are listed, of what is not kept itself."""
HEARD, SILENT, IMAGES, REDIRECTS, ERRORS, CUT, REPEATS, OTHERS, NOTES = (
    "heard", "silent", "images", "redirects", "errors", "cut", "repeats", "others", "notes",
)  # fmt: skip
SUMMARY = sentence(
    "{site}: pages heard {heard}, without a voice {silent}, images {images}, redirects {redirects}, errors {errors}, "
    "cut off {cut}, seen before {repeats}, other files {others}, notes of the archive {notes}."
)
ELSEWHERE = sentence("other sites")
ITSELF = sentence("the archive itself")
_SECOND = frozenset({"co", "com", "org", "net", "ac", "gov", "edu"})


def site_of(host: str) -> str:
    """The site that a host belongs to: its last two names, three where the second is as good as a country's."""
    parts = host.split(".")
    if len(parts) > 2 and not host.replace(".", "").isdecimal():
        return ".".join(parts[-3:] if len(parts[-1]) == 2 and parts[-2] in _SECOND else parts[-2:])
    return host


@dataclass(slots=True)
class _Site:
    counts: Counter[str] = field(default_factory=Counter)
    listed: list[str] = field(default_factory=list)
    unlisted: int = 0


class Tally:
    """Counts as the archive is walked."""

    def __init__(self) -> None:
        self._sites: dict[str, _Site] = {}

    def count(self, host: str, sort: str, about: str = "") -> None:
        """Count one thing of a host; ``about`` is what is remembered of something whose bytes are not kept."""
        name = site_of(host) or ITSELF
        if name not in self._sites and len(self._sites) >= MOST_SITES:
            name = ELSEWHERE
        site = self._sites.setdefault(name, _Site())
        site.counts[sort] += 1
        if not about:
            return
        if len(site.listed) < LISTED:
            site.listed.append(about[:600])
        else:
            site.unlisted += 1

    def told(self) -> Iterator[NothingSaid]:
        """One for every site, with what was not kept listed in it."""
        for name, site in self._sites.items():
            counts = {sort: site.counts[sort] for sort in (
                HEARD, SILENT, IMAGES, REDIRECTS, ERRORS, CUT, REPEATS, OTHERS, NOTES
            )}  # fmt: skip
            lines = [f"{name}: {dict(counts)}", *site.listed]
            if site.unlisted:
                lines.append(f"... {site.unlisted}")
            listing = "\n".join(lines).encode("utf-8", "replace")
            yield NothingSaid(name, listing, "text/plain", SUMMARY, {"site": name, **counts}, is_account=True)
