"""Does an index still have traces of a forgotten person?

Three readings: the dictionaries of terms, every stored record, and the raw bytes of every
file. The last alone would prove little, since stored records are compressed and dictionaries
share their prefixes; the first two alone would not see a file that nobody reads any more.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import orjson

from index import french
from index.engines import Reader
from index.keeping.rewriting import everything
from index.record import FIELDS, About, Record
from index.writing import Finder, erasing, forgotten

# In compressed bytes a shorter name, or line, turns up by chance.
_SURE = 6
_LINE = 40
_LINES = 200
_PIECE = 1 << 22


@dataclass(frozen=True, slots=True)
class Trace:
    """A trace of a person: the file, record or dictionary it is in, and a description of it."""

    kind: Literal["file", "record", "term"]
    where: str
    what: str


class Tracing:
    """Looks for traces of a person, by the spellings of their name, their words and their articles.

    `traces` are certain. `ambiguous` are those where the name may be somebody or something else:
    an article's author or text, a word, a mention glued to one, a comment under an article that
    they never commented. They did comment `articles`, and those for which `spoke` is true.
    `finders` know their words, those of earlier runs too.
    """

    def __init__(
        self,
        spellings: Sequence[str],
        texts: Sequence[str],
        articles: Sequence[str],
        finders: Sequence[Finder] = (),
        spoke: Callable[[About], bool] = lambda _: False,
    ) -> None:
        self.traces: list[Trace] = []
        self.ambiguous: list[Trace] = []
        self.files = self.bytes = self.records = self.terms = 0
        self._spellings = spellings
        self._articles = frozenset(articles)
        self._name = forgotten.fold(spellings[0])
        self._finders = finders
        self._spoke = spoke
        self._other_names: set[str] = set()
        # any part of a longer name, for a person to judge; alone behind a @, it is theirs
        self._name_pattern = re.compile(rf"(?<!\w){re.escape(self._name)}(?!\w)")
        self._called = re.compile(rf"(?<!\w)@{re.escape(self._name)}(?![-.'’_·@]?\w)")
        # a blank may have been lost, or it is the longer name of somebody who never commented
        self._glued = re.compile(rf"(?<!\w)@{re.escape(self._name)}(?=\w)")
        lines = {line.strip() for text in texts for line in text.splitlines()}
        longest = sorted(lines, key=len, reverse=True)[:_LINES]
        self._lines = [line for line in longest if len(line) >= _LINE]
        self._in_json = _json(self._name)
        self._explained = False

    def read(self, reader: Reader, own_words: Sequence[str]) -> None:
        """Look among the terms and the records; `own_words` are terms that only they wrote."""
        self._dictionaries(reader, own_words)
        for record in everything(reader):
            self._record(record)

    def files_of(self, directory: Path, data: Path) -> None:
        """Look everywhere under `directory`; `data` is where the files of an index read are.

        Raises OSError.
        """
        for path in directory.iterdir():
            if path.is_dir() and path != data:
                # what is compressed there was read by nobody
                self.traces.append(Trace("file", path.name, "des fichiers qui devaient partir"))
        if self._explained or self.ambiguous:
            self._bytes(directory, self._lines)
        else:
            self._bytes(directory, [*self._spellings, self._name, *self._lines])

    def _dictionaries(self, reader: Reader, own_words: Sequence[str]) -> None:
        for field in FIELDS:
            # an engine at a distance lists no ids, which the records say
            if field.kind == "number" or (reader.distant and field.name in ("id", "article")):
                continue
            for term, _ in reader.words(field.name, ""):
                self.terms += 1
                if self._name not in forgotten.fold(term):
                    continue
                if field.name == "commenter_shown":
                    self._other_names.add(forgotten.fold(term))
                if field.name.startswith("commenter") and forgotten.fold(term) == self._name:
                    self.traces.append(Trace("term", field.name, "leur nom"))
                else:
                    self._explained = True
        for word in own_words:
            if reader.freq("text", word):
                self.traces.append(Trace("term", "text", "un mot qu’eux seuls ont écrit"))

    def _record(self, record: Record) -> None:
        self.records += 1
        dumped = record.dump().decode()
        has_name = self._in_json in forgotten.fold(dumped)
        if not has_name and not self._finders:
            return
        commented = record.about.id in self._articles or self._spoke(record.about)
        if commented and record.kind == "comment" and erasing.unsigned_copy(record, self._finders):
            self._add_trace(record, "text", "un de leurs commentaires, sans nom", certain=True)
        for part, text in _strings(orjson.loads(dumped)):
            if any(finder.spans(text) for finder in self._finders) or (
                part == "quotes" and any(finder.quotes(text) for finder in self._finders)
            ):
                # what an article quotes of them is for a person to judge
                certain = record.kind == "comment" and part != "about"
                self._add_trace(record, part, "un passage de leurs commentaires", certain=certain)
            folded = forgotten.fold(text)
            if self._name_pattern.search(folded):
                has_mention = any(
                    not self._of_another(folded[match.start() + 1 :])
                    for match in self._called.finditer(folded)
                )
                exact = any(
                    not self._of_another(text[match.start() :])
                    for spelling in self._spellings
                    if len(spelling) >= erasing.NAME
                    for match in re.finditer(
                        rf"(?<![\w@])(?<!\w[-.·]){re.escape(spelling)}(?![-.'’_·@]?\w)", text
                    )
                )
                certain = (
                    record.kind == "comment"
                    and part != "about"
                    and (
                        (part == "author" and folded.strip() == self._name)
                        or has_mention
                        or (exact and commented)
                    )
                )
                self._add_trace(record, part, "leur nom", certain=certain)
            if len(self._name) >= erasing.NAME and any(
                not self._of_another(folded[match.start() + 1 :])
                for match in self._glued.finditer(folded)
            ):
                self._add_trace(record, part, "leur nom, collé à un mot", certain=False)

    def _of_another(self, text: str) -> bool:
        """Whether a text begins with the longer name of another commenter."""
        return erasing.longer_name(self._other_names, self._name, text)

    def _add_trace(self, record: Record, part: str, description: str, *, certain: bool) -> None:
        trace = Trace("record", record.id, f"{description} ({part})")
        (self.traces if certain else self.ambiguous).append(trace)

    def _bytes(self, directory: Path, names: Sequence[str]) -> None:
        patterns = {name.encode()[:60] for name in names if len(name.encode()) >= _SURE}
        look: Callable[[bytes], Any] = (
            re.compile(b"|".join(map(re.escape, sorted(patterns)))).search
            if patterns
            else lambda _: None
        )
        for path in sorted(directory.rglob("*")):
            if not path.is_file():
                continue
            self.files += 1
            with path.open("rb") as file:
                before = b""
                while piece := file.read(_PIECE):
                    self.bytes += len(piece)
                    if look(before + piece):
                        relative = str(path.relative_to(directory))
                        self.traces.append(Trace("file", relative, "leurs octets"))
                        break
                    before = piece[-60:]


def own_words(reader: Reader, comments: Sequence[Record]) -> list[str]:
    """Return the terms that no other record's text has."""
    tally: dict[str, int] = {}
    for record in comments:
        for term in set(french.read(record.text).exact.split()):
            tally[term] = tally.get(term, 0) + 1
    return sorted(term for term, count in tally.items() if reader.freq("text", term) == count)


def _json(text: str) -> str:
    """A text as it is inside a string of JSON."""
    return orjson.dumps(text).decode()[1:-1]


def _strings(value: Any, part: str = "") -> Iterator[tuple[str, str]]:
    """Yield (part of the record, string in it)."""
    match value:
        case str():
            yield part, value
        case dict():
            for name, member in value.items():
                yield from _strings(member, part if part == "about" else name)
        case list():
            for item in value:
                yield from _strings(item, part)
