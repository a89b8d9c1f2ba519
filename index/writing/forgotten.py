"""Which people must an index never learn again?

A tombstone says that a name was forgotten without saying the name: it is a digest under a
random key, kept beside the index, that only somebody who already has the name can match. It
does not depend on how French is read, since it must outlive that.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

from index.engines import disk
from index.engines.places import Place
from index.record import About
from index.writing import typography
from index.writing.phrases import Finder, Phrases, Run

NAME = "forgotten.json"

_SCHEME = re.compile(r"^https?://(www\.)?", re.IGNORECASE)

_ACCENTS = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]")


@dataclass(frozen=True, slots=True)
class Ring:
    """Tombstones under one key: of names without case or accents, and of their very spellings.

    `lengths`, in code points, are those of the spellings: where to look in a text. `phrases`
    are what each of them wrote, by the tombstone of their name. `articles` are those where they
    spoke, by all that tells an article from others.
    """

    key: bytes
    names: frozenset[str] = frozenset()
    spellings: frozenset[str] = frozenset()
    lengths: frozenset[int] = frozenset()
    phrases: Mapping[str, Phrases] = field(default_factory=dict)
    articles: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Forgotten:
    """The people an index has forgotten.

    >>> forgotten = Forgotten().adding(["Zoé_33"])
    >>> forgotten.knows("ZOE_33"), forgotten.spelled("ZOE_33"), forgotten.knows("Zoé")
    (True, False, False)
    """

    rings: tuple[Ring, ...] = ()

    def __bool__(self) -> bool:
        return any(ring.names for ring in self.rings)

    def knows(self, name: str) -> bool:
        """Return whether a name, however it is written, is one of theirs."""
        return any(not ring.names.isdisjoint(_tombstones(ring.key, name)) for ring in self.rings)

    def spelled(self, text: str) -> bool:
        """Return whether a piece of text is one of their names to the letter."""
        # tombstones may be of before typographic signs were evened
        forms = {_exact(text), exact(text)}
        return any(_mark(ring.key, form) in ring.spellings for ring in self.rings for form in forms)

    def spoke(self, about: About) -> bool:
        """Whether one of them left comments under an article, whatever source it comes from."""
        return any(
            _mark(ring.key, mark) in ring.articles
            for ring in self.rings
            if ring.articles
            for mark in (*_article_marks(about), *_article_marks(replace(about, published=None)))
        )

    def mark(self, name: str) -> str:
        """The tombstone of a name under the first key; there must be one."""
        return _mark(self.rings[0].key, fold(name))

    @cached_property
    def finders(self) -> tuple[Finder, ...]:
        """Finders of the words of every forgotten person, in any text."""
        return tuple(
            Finder(ring.key, _union(ring.phrases.values())) for ring in self.rings if ring.phrases
        )

    def finders_of(self, name: str) -> tuple[Finder, ...]:
        """Return the finders of the words of one person; none when only their name was kept."""
        return tuple(
            Finder(ring.key, ring.phrases[tombstone])
            for ring in self.rings
            for tombstone in _tombstones(ring.key, name)
            if tombstone in ring.phrases
        )

    @cached_property
    def lengths(self) -> tuple[int, ...]:
        """Return the lengths of their names, longest first."""
        lengths = {length for ring in self.rings for length in ring.lengths}
        return tuple(sorted(lengths, reverse=True))

    def adding(
        self,
        spellings: Iterable[str],
        runs: Iterable[Run] = (),
        quotes: Iterable[Run] = (),
        articles: Iterable[About] = (),
    ) -> Forgotten:
        """Return these with one more person, by every spelling of their name.

        runs, quotes: the words they wrote (`phrases.runs`), and those that are theirs when quoted.
        articles: those they commented.
        """
        first, *former_rings = self.rings or (Ring(os.urandom(32)),)
        names = tuple(spellings)
        phrases = dict(first.phrases)
        added = Phrases.of(first.key, runs, quotes)
        if names and (added.digests or added.quotes):
            tombstone = _mark(first.key, fold(names[0]))
            phrases[tombstone] = phrases.get(tombstone, Phrases()) | added
        ring = Ring(
            first.key,
            first.names | {_mark(first.key, fold(spelling)) for spelling in names},
            first.spellings | {_mark(first.key, exact(spelling)) for spelling in names},
            first.lengths | {len(spelling) for spelling in names},
            phrases,
            first.articles
            | {_mark(first.key, mark) for about in articles for mark in _article_marks(about)},
        )
        return Forgotten((ring, *former_rings))

    def __or__(self, other: Forgotten) -> Forgotten:
        rings = {ring.key: ring for ring in self.rings}
        for ring in other.rings:
            stored_ring = rings.get(ring.key, ring)
            rings[ring.key] = Ring(
                ring.key,
                stored_ring.names | ring.names,
                stored_ring.spellings | ring.spellings,
                stored_ring.lengths | ring.lengths,
                {
                    tombstone: stored_ring.phrases.get(tombstone, Phrases())
                    | ring.phrases.get(tombstone, Phrases())
                    for tombstone in {*stored_ring.phrases, *ring.phrases}
                },
                stored_ring.articles | ring.articles,
            )
        return Forgotten(tuple(rings.values()))


def fold(name: str) -> str:
    """A name without case, accents, odd signs, or spaces that count.

    >>> fold("  Zoé   MARTIN "), fold("Sœur A\u00adnne‑Marie")
    ('zoe martin', 'soeur anne-marie')
    """
    return _former_fold(typography.signed(name))


def _former_fold(name: str) -> str:
    """As names were folded before typographic signs were: tombstones may be of that time."""
    plain = name if name.isascii() else _ACCENTS.sub("", unicodedata.normalize("NFKD", name))
    return " ".join(plain.casefold().split())


def load(directory: Path) -> Forgotten:
    """Whom the index in a directory has forgotten. Raises OSError, disk.Damaged."""
    try:
        return load_file(directory / NAME)
    except FileNotFoundError:
        return Forgotten()


def load_file(path: Path) -> Forgotten:
    """Load the tombstones of a file. Raises OSError, disk.Damaged."""
    content = disk.read_json(path)
    try:
        return Forgotten(tuple(map(_ring, content["rings"])))
    except (KeyError, TypeError, ValueError) as error:
        raise disk.Damaged(path.name) from error


def of(place: Place) -> Forgotten:
    """Return the tombstones of an index. Raises what its place does."""
    note = place.note(NAME)
    return Forgotten() if note is None else loaded(note)


def loaded(content: Mapping[str, Any]) -> Forgotten:
    """Build tombstones from their JSON form."""
    return Forgotten(tuple(map(_ring, content["rings"])))


def keep(place: Place, forgotten: Forgotten) -> None:
    """Keep tombstones beside an index. Raises what its place does."""
    place.keep_note(NAME, _as_json(forgotten))


def save(directory: Path, forgotten: Forgotten) -> None:
    """Keep tombstones in a directory, for its owner's eyes only. Raises OSError."""
    disk.write_json(directory / NAME, _as_json(forgotten), mode=0o600)


def _as_json(forgotten: Forgotten) -> dict[str, Any]:
    rings = [
        {
            "key": ring.key.hex(),
            "names": sorted(ring.names),
            "spellings": sorted(ring.spellings),
            "lengths": sorted(ring.lengths),
            "phrases": {name: written.as_json() for name, written in sorted(ring.phrases.items())},
            "articles": sorted(ring.articles),
        }
        for ring in forgotten.rings
    ]
    return {"rings": rings}


def _ring(content: Mapping[str, Any]) -> Ring:
    return Ring(
        bytes.fromhex(content["key"]),
        frozenset(content["names"]),
        frozenset(content["spellings"]),
        frozenset(content["lengths"]),
        # an index that forgot before phrases were kept has none
        {name: Phrases.from_json(phrases) for name, phrases in content.get("phrases", {}).items()},
        frozenset(content.get("articles", ())),
    )


def _union(phrase_sets: Iterable[Phrases]) -> Phrases:
    union = Phrases()
    for phrases in phrase_sets:
        union |= phrases
    return union


def exact(text: str) -> str:
    """A spelling of a name: its case and accents count, how its signs are written does not.

    >>> exact("L’Ami\u00a0Zoé")
    " L'Ami Zoé"
    """
    return " " + " ".join(typography.signed(_exact(text)).split())


def _exact(text: str) -> str:
    # a space before, so that a spelling never answers for a folded name
    return " " + unicodedata.normalize("NFC", text)


def _tombstones(key: bytes, name: str) -> set[str]:
    return {_mark(key, fold(name)), _mark(key, _former_fold(name))}


def _article_marks(about: About) -> list[str]:
    """Return the marks that identify an article: its id, its address, its title with its day if it
    has one.

    Its source may change all but one of them.
    """
    day = (about.published or "")[:10]
    marks = [f"id {about.id}", f"title {day} {fold(about.title)}"]
    if about.url:
        address = _SCHEME.sub("", about.url.partition("#")[0]).rstrip("/").casefold()
        marks.append(f"url {address}")
    return marks


@lru_cache(maxsize=1 << 16)
def _mark(key: bytes, text: str) -> str:
    return blake2b(text.encode("utf-8", "surrogatepass"), key=key, digest_size=16).hexdigest()
