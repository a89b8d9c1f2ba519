"""What is a record, and which fields does the index hold?

A record is one passage: the head of an article (its title and standfirst), one
section, or one comment. `FIELDS` is the only list of names: the engines' schemas,
the question's fields, the weights of the ranking and the documentation derive from it.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, fields
from functools import lru_cache
from itertools import compress
from operator import attrgetter
from typing import Any, Literal, NamedTuple

import orjson

from index.unavailable import IndexUnavailable

Kind = Literal["lead", "section", "comment"]
Part = Literal["title", "lead", "section", "comment"]
Precision = Literal["second", "minute", "day", "month", "year", "unknown"]


@dataclass(frozen=True, slots=True)
class About:
    """The article of a passage. Times are RFC 3339 with an offset, or None.

    >>> About(id="a", title="Sora").title
    'Sora'
    """

    id: str
    title: str
    url: str | None = None
    strapline: str | None = None
    standfirst: str | None = None
    categories: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    published: str | None = None
    modified: str | None = None
    reading_minutes: int | None = None
    comments: int = 0
    """Comments held, empty ones included (what a source declares is in `extra`)."""
    precision: Literal["", "month", "year"] = ""
    """How well `published` is known: to its day or better, unless it says."""


@dataclass(frozen=True, slots=True)
class Quote:
    """Somebody else's words inside a comment."""

    text: str
    author: str | None = None
    ref: str | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """One passage, as it is searched, shown and exported.

    `text` is the passage's own words, unchanged: every offset of the project counts its
    Unicode code points. A comment whose text is empty is kept for its thread and never
    matches. `extra` holds the members of the canonical format that nothing here needs,
    so that an export loses nothing.

    >>> r = Record(id="a#section-1", kind="section", about=About("a", "Sora"), position=1,
    ...            heading="La goutte d'eau", text="Dans le texte…")
    >>> Record.load(r.dump()) == r
    True
    """

    id: str
    kind: Kind
    about: About
    position: int
    """Order on the article's page: the lead is 0, then sections, then the thread."""
    heading: str = ""
    """A section's or comment's headline; the lead's is the article's title."""
    text: str = ""
    quotes: tuple[Quote, ...] = ()
    anchor: str = ""
    """Fragment on our own article page, without the sign: `section-2`, `comment-17`."""
    url: str | None = None
    """The passage on the site it comes from."""
    author: str | None = None
    """A comment's author; the article's are in `about`."""
    start: str | None = None
    """Earliest time it can have been written; equals `end` when the time is known."""
    end: str | None = None
    precision: Precision = "unknown"
    shown: str | None = None
    """The date as the source showed it: "Hier à 08h46"."""
    modified: str | None = None
    edited: bool = False
    parent: str | None = None
    """Record id of the comment it answers, kept even when that one is absent."""
    depth: int = 0
    seen: int = 0
    """When the index first saw it, in seconds since 1970; 0 until it is written."""
    first_id: str = ""
    """The name under which the index first saw it, where that is not its id, or was another's."""
    extra: dict[str, Any] = field(default_factory=dict)

    @property
    def lasting_id(self) -> str:
        """The id that feeds and alerts know it by, which stays when its site renumbers."""
        return self.first_id or self.id

    @property
    def quoted(self) -> str:
        """The quotes' words, one quote a line."""
        return "\n".join(quote.text for quote in self.quotes)

    @property
    def part(self) -> Part:
        """What a reader knows it as: the head of an article without a standfirst is a title."""
        return "title" if self.kind == "lead" and not self.text else self.kind

    @property
    def visible(self) -> bool:
        """Whether it can be an answer: an empty comment never is."""
        return bool(self.text or self.quotes or self.kind != "comment")

    def dump(self, seen: int | None = None) -> bytes:
        """JSON, without what has its default value, `seen` put in. The inverse of `load`."""
        values = _plain(self)
        data = dict(compress(zip(_PLAIN, values, strict=True), values))
        own_seen = data.pop("seen", 0)
        # at one place whoever gives it: equal records are equal bytes
        if first_seen := own_seen if seen is None else seen:
            data["seen"] = first_seen
        data["about"] = _about_json(self.about)
        if self.quotes:
            data["quotes"] = [asdict(quote) for quote in self.quotes]
        return orjson.dumps(data)

    @classmethod
    def load(cls, dumped: bytes) -> Record:
        """The record that `dump` wrote. Raises IndexUnavailable for what is none."""
        try:
            return cls._loaded(orjson.loads(dumped))
        except (TypeError, KeyError, ValueError, AttributeError) as error:
            raise IndexUnavailable(_unreadable(error)) from error

    @classmethod
    def _loaded(cls, data: dict[str, Any]) -> Record:
        about = data["about"]
        about.setdefault("title", "")
        for name in _SEVERAL:
            if name in about:
                about[name] = tuple(about[name])
        data["about"] = About(**about)
        if "quotes" in data:
            data["quotes"] = tuple(Quote(**quote) for quote in data["quotes"])
        data.setdefault("position", 0)
        return cls(**data)


# what is shown is shown again, on other pages and for other words; some 3 kilobytes each
@lru_cache(maxsize=1_000)
def recent_record(dumped: bytes) -> Record:
    """Return the record that was dumped, as `Record.load`; the same object, if it was lately.

    Raises IndexUnavailable for what is none.
    """
    return Record.load(dumped)


def _unreadable(error: Exception) -> str:
    reason = f"{type(error).__name__}: {error}"[:200]
    if "unexpected keyword" in reason:
        return (
            "Un passage de l’index porte ce que cette version de Glose ne connaît pas "
            f"({reason}) : mettez Glose à jour."
        )
    return (
        "Un passage que rend l’index n’est pas celui qui lui fut donné. Sur un cluster, un rôle en "
        "masque peut-être des champs (masked_fields) : demandez à qui tient le cluster un rôle qui "
        "n’en cache ni n’en masque aucun. Sinon, contrôlez l’index avec glose verify, et restaurez "
        f"une copie avec glose restore. ({reason})"
    )


def article_of(dumped: bytes) -> str:
    """The id of the article of a record that was dumped, which need not be loaded for it.

    >>> article_of(Record(id="a#lead", kind="lead", about=About("a", "Sora"), position=0).dump())
    'a'
    """
    try:
        return str(orjson.loads(dumped)["about"]["id"])
    except (TypeError, KeyError, ValueError) as error:
        raise IndexUnavailable(_unreadable(error)) from error


_SEVERAL = ("categories", "keywords", "authors")


_PLAIN = tuple(f.name for f in fields(Record) if f.name not in ("about", "quotes"))
_plain = attrgetter(*_PLAIN)


# asked again for each passage of an article
@lru_cache(maxsize=16)
def _about_json(about: About) -> orjson.Fragment:
    data = {f.name: getattr(about, f.name) for f in fields(about)}
    return orjson.Fragment(orjson.dumps({name: value for name, value in data.items() if value}))


class Field(NamedTuple):
    """One column of the index.

    kind: `text` — French terms with positions; `bag` — French terms without positions;
    `key` — whole values, matched exactly; `number` — signed 64-bit integers (times are
    seconds since 1970, UTC). `boost` multiplies the field's BM25 score.
    """

    name: str
    kind: Literal["text", "bag", "key", "number"]
    boost: float = 1.0
    facet: bool = False


FIELDS: tuple[Field, ...] = (
    # exact readings, positions aligned with the text's words
    Field("text", "text", 0.5),
    Field("heading", "text", 0.5),
    Field("title", "text", 0.5),
    Field("quoted", "text", 0.2),
    # stems: what plain words meet. `stem` is the passage's own words: text, heading,
    # quotes and variants; a bag, since phrases are asked of the exact readings
    Field("stem", "bag", 1.0),
    Field("title_stem", "bag", 1.0),
    Field("heading_stem", "bag", 1.0),
    # what the own words also answer to, unstemmed: redteam for red-team
    Field("variants", "bag", 0.5),
    Field("title_variants", "bag", 0.5),
    # filters
    Field("id", "key"),
    Field("article", "key"),
    Field("kind", "key", facet=True),
    Field("state", "key", facet=True),
    Field("month", "key", facet=True),
    # names folded, so that a question need not spell them; and as written, for facets
    Field("category", "key"),
    Field("author", "key"),
    Field("commenter", "key"),
    Field("category_shown", "key", facet=True),
    Field("author_shown", "key", facet=True),
    Field("commenter_shown", "key", facet=True),
    Field("url", "bag"),
    Field("start", "number"),
    Field("end", "number"),
    Field("comments", "number"),
    Field("minutes", "number"),
    Field("seen", "number"),
    Field("position", "number"),
    Field("group", "number"),
)
WORD_FIELDS = tuple(field.name for field in FIELDS if field.kind in ("text", "bag"))
"""Those of terms, which BM25 scores."""
KEY_FIELDS = frozenset(field.name for field in FIELDS if field.kind == "key")
"""Those of whole values, which filter."""
