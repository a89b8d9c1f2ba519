"""What did a run read, what did it leave aside, and why?

A reader gives articles, and beside them `Skipped` (something could not be read: the run's
exit code says so) and `Remark` (it was read, and somebody should look). Sentences are
French: they are shown as they are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from indexer.article import Article

EXAMPLES = 5
"""How many remarks of one kind are shown."""
LINES = 20
"""How many files are told of one by one, in words."""
FILES = 1000
"""How many files have an account of their own; the others share one."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file, or a line of it, that gave nothing. `line` counts from 1.

    >>> Skipped("a.jsonl", "headline : manque", 3).sentence()
    'a.jsonl, ligne 3 : headline : manque'
    """

    source: str
    reason: str
    line: int | None = None

    def as_json(self) -> dict[str, Any]:
        line = {} if self.line is None else {"line": self.line}
        return {"source": self.source, **line, "reason": self.reason}

    def sentence(self) -> str:
        return _sentence(self.source, self.line, self.reason)


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to look at in what was read; `kind` is stable, for programs and for counting.

    >>> Remark("capture", "date de capture inconnue", "page.txt").sentence()
    'page.txt : date de capture inconnue'
    """

    kind: str
    message: str
    source: str = ""
    line: int | None = None

    def as_json(self) -> dict[str, Any]:
        line = {} if self.line is None else {"line": self.line}
        return {"source": self.source, **line, "message": self.message}

    def sentence(self) -> str:
        return _sentence(self.source, self.line, self.message)


@dataclass(frozen=True, slots=True)
class Withheld:
    """An article that a source holds and readers may not see: neither may they its comments.

    `names` are its ids and its addresses. `protected` is one whose title alone is public.

    >>> Withheld(("table:5",)).protected
    False
    """

    names: tuple[str, ...]
    protected: bool = False


Outcome = Article | Skipped | Remark | Withheld
"""What a reader gives, one after the other."""


def place(source: str, line: int | None) -> str:
    """Where it is, in words."""
    return source if line is None else f"{source}, ligne {line}"


def _sentence(source: str, line: int | None, message: str) -> str:
    """What is to be said, of some place or of the whole run."""
    return f"{place(source, line)} : {message}" if source else message


def plural(count: int, one: str, many: str = "") -> str:
    """A count and its noun, thousands apart; in French 0 is singular.

    >>> plural(1, "article"), plural(12000, "article"), plural(0, "passage lu", "passages lus")
    ('1 article', '12\\u202f000 articles', '0 passage lu')
    """
    noun = one if count < 2 else many or one + "s"
    return f"{count:,}".replace(",", "\u202f") + f" {noun}"


def shorten(text: str, most: int = 60) -> str:
    """A text's beginning, for quoting it in a sentence.

    >>> shorten("Une phrase trop longue", 12)
    'Une phrase …'
    """
    return text if len(text) <= most else text[: most - 1] + "…"


@dataclass
class FromSource:
    """What one file, or one site, gave: what it declares of comments beside those it holds."""

    source: str
    format: str = ""
    articles: int = 0
    sections: int = 0
    comments: int = 0
    declared: int | None = None
    skipped: list[Skipped] = field(default_factory=list)
    warnings: Counter[str] = field(default_factory=Counter)

    def take(self, outcome: Outcome) -> None:
        """Count one thing that was read."""
        if isinstance(outcome, Skipped):
            self.skipped.append(outcome)
        elif isinstance(outcome, Remark):
            self.warnings[outcome.kind] += 1
        elif isinstance(outcome, Article):
            self.articles += 1
            self.sections += len(outcome.sections)
            self.comments += sum(comment.published for comment in outcome.comments)
            if outcome.comment_count is not None:
                self.declared = (self.declared or 0) + outcome.comment_count

    def as_json(self) -> dict[str, Any]:
        skipped = [one.as_json() for one in self.skipped]
        return {
            "source": self.source,
            "format": self.format or None,
            "articles": self.articles,
            "sections": self.sections,
            "comments": self.comments,
            "comments_declared": self.declared,
            "skipped": [{k: v for k, v in one.items() if k != "source"} for one in skipped],
            "warnings": dict(self.warnings),
        }

    def sentence(self) -> str:
        """
        >>> FromSource("a.html", "html", 1, 4, 3, 6, warnings=Counter(comment_count=1)).sentence()
        'a.html (html) : 1 article, 4 sections, 3 commentaires (6 annoncés), 1 remarque'
        """
        comments = plural(self.comments, "commentaire")
        if self.declared is not None and self.declared != self.comments:
            comments += f" ({plural(self.declared, 'annoncé')})"
        told = [plural(self.articles, "article"), plural(self.sections, "section"), comments]
        if self.skipped:
            told.append(f"{len(self.skipped)} de côté")
        if self.warnings:
            told.append(plural(self.warnings.total(), "remarque"))
        return f"{self.source}{f' ({self.format})' if self.format else ''} : {', '.join(told)}"


@dataclass
class Report:
    """The account of one run. `sound` is false as soon as something was skipped."""

    articles: int = 0
    sections: int = 0
    comments: int = 0
    records: int = 0
    skipped: list[Skipped] = field(default_factory=list)
    remarks: dict[str, Remarks] = field(default_factory=dict)
    sources: dict[str, FromSource] = field(default_factory=dict)

    def of(self, source: str, form: str = "") -> FromSource:
        """The account of one file or site."""
        if source not in self.sources and len(self.sources) >= FILES:
            source, form = "…", ""
        kept = self.sources.setdefault(source, FromSource(source))
        kept.format = kept.format or form
        return kept

    @property
    def sound(self) -> bool:
        return not self.skipped

    def count(self, article: Article) -> None:
        """Count an article that was read, with what of it readers may see."""
        published = sum(comment.published for comment in article.comments)
        self.articles += 1
        self.sections += len(article.sections)
        self.comments += published
        self.records += 1 + len(article.sections) + published

    def note(self, outcome: Skipped | Remark | Withheld) -> None:
        """Keep something for the account; of each kind of remark, the first few and the count.

        What was withheld is counted by its reader.
        """
        if isinstance(outcome, Withheld):
            return
        if isinstance(outcome, Skipped):
            self.skipped.append(outcome)
            return
        kept = self.remarks.setdefault(outcome.kind, Remarks(0, []))
        if kept.total < EXAMPLES:
            kept.examples.append(outcome)
        self.remarks[outcome.kind] = kept._replace(total=kept.total + 1)

    def as_json(self) -> dict[str, Any]:
        """The counts, then what was skipped and remarked."""
        return {
            "articles": self.articles,
            "sections": self.sections,
            "comments": self.comments,
            "records": self.records,
            "skipped": [skipped.as_json() for skipped in self.skipped],
            "warnings": [
                {"kind": kind, "count": count, "examples": [one.as_json() for one in examples]}
                for kind, (count, examples) in self.remarks.items()
            ],
        }

    def lines(self) -> Iterator[str]:
        """What was skipped and remarked, one French sentence a line."""
        for kept in self.remarks.values():
            for remark in kept.examples:
                yield f"Attention : {remark.sentence()}"
            if (more := kept.total - len(kept.examples)) > 0:
                yield f"Attention : … et {plural(more, 'autre remarque', 'autres remarques')}" + (
                    " de même sorte"
                )
        for skipped in self.skipped:
            yield f"Laissé de côté : {skipped.sentence()}"

    def by_source(self) -> Iterator[str]:
        """What each file or site gave, when there are several; by formats when there are many."""
        if 1 < len(self.sources) <= LINES:
            yield from (f"  {one.sentence()}" for one in self.sources.values())
        elif len(self.sources) > LINES:
            for form in dict.fromkeys(one.format for one in self.sources.values()):
                some = [one for one in self.sources.values() if one.format == form]
                yield f"  {_together(some, form).sentence()}"

    def summary(self) -> str:
        """The counts in words: "1 article, 4 sections, 27 commentaires"."""
        return ", ".join(
            (
                plural(self.articles, "article"),
                plural(self.sections, "section"),
                plural(self.comments, "commentaire"),
            )
        )


def _together(some: Sequence[FromSource], form: str) -> FromSource:
    whole = FromSource(plural(len(some), "fichier"), form)
    for one in some:
        whole.articles += one.articles
        whole.sections += one.sections
        whole.comments += one.comments
        whole.skipped += one.skipped
        whole.warnings += one.warnings
        if one.declared is not None:
            whole.declared = (whole.declared or 0) + one.declared
    return whole


class Remarks(NamedTuple):
    """Remarks of one kind: how many, and the first of them."""

    total: int
    examples: list[Remark]
