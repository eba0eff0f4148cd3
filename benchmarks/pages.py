"""How much of what people wrote on a page comes out, and how much that they did not write: beside trafilatura alone.

    python benchmarks/pages.py [FOLDER ...]

Always: pages written by hand (the fixtures of the channels) against what stands in them, written down by hand in
``pages_truth.json``. With folders of Sphinx documentation that brings its sources (``page.html`` beside
``_sources/page.rst.txt``): those too, saved as pages and sent in as an article, against the words of their sources.
Recall and precision count words, each as often as it stands there.
"""

import argparse
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "src"))

from trafilatura import extract  # noqa: E402

from gehoor.channels.base import Document, Heard, Wishes  # noqa: E402
from gehoor.channels.registry import readers  # noqa: E402
from gehoor.kernel.errors import CannotRead  # noqa: E402

CHANNELS = HERE.parent / "src/gehoor/channels"
WORD = re.compile(r"\w+")


@dataclass
class Score:
    """Words that stand there, that came out, and that are both."""

    truth: int = 0
    given: int = 0
    both: int = 0
    pages: int = 0
    seconds: float = 0.0

    def add(self, truth: str, given: str, seconds: float) -> None:
        """One page."""
        there, out = Counter(WORD.findall(truth.lower())), Counter(WORD.findall(given.lower()))
        self.truth += there.total()
        self.given += out.total()
        self.both += (there & out).total()
        self.pages += 1
        self.seconds += seconds

    def __str__(self) -> str:
        recall, precision = self.both / max(self.truth, 1), self.both / max(self.given, 1)
        return f"{self.pages:>5} | {recall:.3f} | {precision:.3f} | {1000 * self.seconds / max(self.pages, 1):.0f}"


def ours(data: bytes, channel: str, wished: str) -> str:
    """Everything that is heard on a page, without what is quoted and signed."""
    document = Document("page.html", len(data), lambda: BytesIO(data))
    reader = readers()[f"gehoor.channels.{channel}"]
    try:
        found = list(reader.read(document, Wishes(wished)))
    except CannotRead:
        return ""
    return "\n".join(each.text for each in found if isinstance(each, Heard))


def alone(data: bytes) -> str:
    """trafilatura as it comes, with the comments that it finds."""
    return extract(data, include_comments=True, include_tables=True) or ""


def by_hand() -> Iterator[tuple[str, str, bytes, str]]:
    """Sort, channel, page and truth of the pages written by hand."""
    for name, said in json.loads((HERE / "pages_truth.json").read_text(encoding="utf-8")).items():
        channel, _, file = name.partition("/")
        yield file, channel, (CHANNELS / channel / "fixtures" / file).read_bytes(), "\n".join(said)


def documented(folder: Path) -> Iterator[tuple[bytes, str]]:
    """Pages of documentation with the words of their sources."""
    for source in sorted(folder.rglob("_sources/**/*.rst.txt")):
        root = next(each for each in source.parents if each.name == "_sources")
        page = root.parent / source.relative_to(root).with_name(source.name.removesuffix(".rst.txt") + ".html")
        if page.exists() and not re.search(r"^\.\. auto", source.read_text(errors="replace"), re.MULTILINE):
            yield page.read_bytes(), words_of_source(source.read_text(errors="replace"))


def words_of_source(text: str) -> str:
    """What a reader sees of reStructuredText: without directives, their options, roles and targets."""
    text = re.sub(r"^\s*\.\. (?:_[^\n]*|\|[^\n]*|(?:toctree|contents|include|image|figure)::(?:\n(?:\s+[^\n]*)?)*)", "",
                  text, flags=re.MULTILINE)  # fmt: skip
    text = re.sub(r"^\s*\.\. [\w-]+::[^\n]*$", "", text, flags=re.MULTILINE)
    text = re.sub(r"^\s*:[\w -]+:[^\n`]*$", "", text, flags=re.MULTILINE)
    text = re.sub(r":[\w:+-]+:`([^`<]*?)\s*(?:<[^>]*>)?`", r"\1", text)
    return re.sub(r"`([^`<]*?)\s*<[^>]*>`_+", r"\1", text)


def main() -> None:
    """Score both, by page written by hand and by folder."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folders", nargs="*", type=Path)
    given = parser.parse_args()
    print("| pages | | number | recall | precision | ms a page |\n| --- | --- | --- | --- | --- | --- |")
    for file, channel, data, truth in by_hand():
        tell(file, [(data, truth)], channel, "")
    for folder in given.folders:
        tell(folder.name, list(documented(folder)), "blog", "blog")


def tell(name: str, pages: list[tuple[bytes, str]], channel: str, wished: str) -> None:
    """Two lines: ours, and trafilatura alone."""
    us, other = Score(), Score()
    for data, truth in pages:
        began = time.perf_counter()
        said = ours(data, channel, wished)
        between = time.perf_counter()
        plain = alone(data)
        us.add(truth, said, between - began)
        other.add(truth, plain, time.perf_counter() - between)
    print(f"| {name} | ours | {us} |\n| | trafilatura | {other} |")


if __name__ == "__main__":
    main()
