"""What did a run read, what did it leave aside, and why?

A reader gives articles, and beside them `Skipped` (something could not be read: the run's
exit code says so) and `Remark` (it was read, and somebody should look). Sentences are
French: they are shown as they are.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from indexer.article import Article
from indexer.reporting.sentences import Sentences

EXAMPLES = 5
"""How many remarks of one kind are shown."""
SAME = 20
"""How many faults of one sort in one file are kept; the others are counted."""
KINDS = 10_000
"""Sorts of faults that are told apart."""
_VARIABLE = re.compile(r"«[^»]*»|\([^()]*\)|\d+")
"""What changes from one fault to another of the same sort."""
_ELIDED = re.compile(
    # what is quoted, perhaps with quotes in it or cut, an address and a path are as they were
    r"«(?:[^«»]|«[^«»]*»)*(?:»|$)|\S*[/\\=@]\S*"
    r"|\b([cdjlmnst]|qu|jusqu|lorsqu|puisqu|aujourd)'(?=[^\W\d_]|«)",
    re.IGNORECASE,
)
_LONGEST = 1000
"""Characters of one message."""
_CONTROLS = re.compile("[\x00-\x20\x7f-\x9f\u2028-\u202e\u2066-\u2069]+")
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
        return {"source": self.source, **line, "reason": one_line(self.reason)}

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
        return {"source": self.source, **line, "message": one_line(self.message)}

    def sentence(self) -> str:
        return _sentence(self.source, self.line, self.message)


@dataclass(frozen=True, slots=True)
class WithheldArticle:
    """An article that a source holds and readers may not see: neither may they its comments.

    `names` are its ids and its addresses, or `slug:…`, the end of one. `protected` is one whose
    title alone is public. `due` is when a planned one may be seen.

    >>> WithheldArticle(("table:5",)).protected
    False
    """

    names: tuple[str, ...]
    protected: bool = False
    due: datetime | None = None


Outcome = Article | Skipped | Remark | WithheldArticle
"""What a reader gives, one after the other."""


def place(source: str, line: int | None) -> str:
    """Return where it is, in words."""
    return source if line is None else f"{source}, ligne {line}"


def _sentence(source: str, line: int | None, message: str) -> str:
    """What is to be said, of some place or of the whole run."""
    text = one_line(message)
    return f"{place(source, line)} : {text}" if source else text


def one_line(message: str) -> str:
    """A message that quotes a file, whatever the file holds: on one line, and no longer than one
    reads.

    >>> one_line("« un titre\\nsur deux lignes » : quoi ?")
    '« un titre sur deux lignes » : quoi ?'
    >>> one_line("« l'été.txt » n'est pas lu")
    "« l'été.txt » n’est pas lu"
    >>> one_line("« l'« an » d'or », http://a.fr/l'an : n'est pas lu")
    "« l'« an » d'or », http://a.fr/l'an : n’est pas lu"
    """
    return typographic(_CONTROLS.sub(" ", shorten(message, _LONGEST)))


def typographic(sentence: str) -> str:
    """A sentence with the apostrophes of French, but in what it quotes."""
    return _ELIDED.sub(lambda match: f"{match[1]}’" if match[1] else match[0], sentence)


def plural(count: int, singular: str, many: str = "") -> str:
    """Return a count and its noun, thousands apart; in French 0 is singular.

    >>> plural(1, "article"), plural(12000, "article"), plural(0, "passage lu", "passages lus")
    ('1 article', '12\\u202f000 articles', '0 passage lu')
    """
    noun = singular if count < 2 else many or singular + "s"
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
    left_out: int = 0
    """Those that were skipped, of which the first are kept."""
    warnings: Counter[str] = field(default_factory=Counter)

    def take(self, outcome: Outcome) -> None:
        """Count one thing that was read."""
        if isinstance(outcome, Skipped):
            self.left_out += 1
            if self.left_out <= SAME:
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
        skipped = [outcome.as_json() for outcome in self.skipped]
        return {
            "source": self.source,
            "format": self.format or None,
            "articles": self.articles,
            "sections": self.sections,
            "comments": self.comments,
            "comments_declared": self.declared,
            "skipped": [{k: v for k, v in entry.items() if k != "source"} for entry in skipped],
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
        counts = [plural(self.articles, "article"), plural(self.sections, "section"), comments]
        if self.left_out:
            counts.append(f"{self.left_out} de côté")
        if self.warnings:
            counts.append(plural(self.warnings.total(), "remarque"))
        return f"{self.source}{f' ({self.format})' if self.format else ''} : {', '.join(counts)}"


@dataclass
class Report:
    """The account of one run. `sound` is false as soon as something was skipped.

    `sentences` has those of former runs: `news` is whether something was skipped that they did
    not tell.
    """

    articles: int = 0
    sections: int = 0
    comments: int = 0
    records: int = 0
    skipped: list[Skipped] = field(default_factory=list)
    remarks: dict[str, Remarks] = field(default_factory=dict)
    sentences: Sentences = field(default_factory=Sentences)
    sources: dict[str, FromSource] = field(default_factory=dict)

    def of(self, source: str, form: str = "") -> FromSource:
        """The account of one file or site."""
        if source not in self.sources and len(self.sources) >= FILES:
            source, form = "…", ""
        account = self.sources.setdefault(source, FromSource(source))
        account.format = account.format or form
        return account

    _again: set[Skipped | Remark] = field(default_factory=set)
    _more: Counter[tuple[str, str]] = field(default_factory=Counter)
    _new: int = 0

    @property
    def sound(self) -> bool:
        return not self.skipped

    @property
    def news(self) -> bool:
        return self._new > 0

    @property
    def left_out(self) -> int:
        """How many files and lines were skipped."""
        return len(self.skipped) + sum(max(0, count - SAME) for count in self._more.values())

    def count(self, article: Article) -> None:
        """Count an article that was read, with what of it readers may see."""
        published = sum(comment.published for comment in article.comments)
        self.articles += 1
        self.sections += len(article.sections)
        self.comments += published
        self.records += 1 + len(article.sections) + published

    def note(self, outcome: Skipped | Remark | WithheldArticle) -> None:
        """Keep something for the account; of each kind of remark, the first few and the count.

        What was withheld is counted by its reader.
        """
        if isinstance(outcome, WithheldArticle):
            return
        again = self.sentences.again(outcome.sentence())
        if isinstance(outcome, Skipped):
            self._new += not again
            kind = (outcome.source, _VARIABLE.sub("", outcome.reason))
            if len(self._more) < KINDS or kind in self._more:
                self._more[kind] += 1
            else:
                self._more[kind := ("", "")] += 1
            if self._more[kind] <= SAME:
                self.skipped.append(outcome)
                if again:
                    self._again.add(outcome)
            return
        remarks = self.remarks.setdefault(outcome.kind, Remarks(0, []))
        if remarks.total - remarks.again < EXAMPLES if not again else remarks.again < EXAMPLES:
            remarks.examples.append(outcome)
            if again:
                self._again.add(outcome)
        self.remarks[outcome.kind] = remarks._replace(
            total=remarks.total + 1, again=remarks.again + again
        )

    def as_json(self) -> dict[str, Any]:
        """Return the counts, then what was skipped and remarked."""
        return {
            "articles": self.articles,
            "sections": self.sections,
            "comments": self.comments,
            "records": self.records,
            "skipped": [
                {**outcome.as_json(), **({"again": True} if outcome in self._again else {})}
                for outcome in (*self.skipped, *self._more_of_each_sort())
            ],
            "warnings": [
                {
                    "kind": kind,
                    "count": count,
                    "examples": [example.as_json() for example in examples],
                }
                for kind, (count, examples, _) in self.remarks.items()
            ],
        }

    def lines(self, *, every: bool = True, count_again: bool = True) -> Iterator[str]:
        """Yield what was skipped and remarked, one French sentence a line.

        every: also what former runs printed; otherwise only how much that is, if `count_again`.
        """
        printed_before = set() if every else self._again
        for remarks in self.remarks.values():
            new_remarks = [remark for remark in remarks.examples if remark not in printed_before]
            for remark in new_remarks:
                yield f"Attention : {remark.sentence()}"
            remaining = remarks.total - len(new_remarks) - (0 if every else remarks.again)
            if remaining > 0:
                untold = plural(remaining, "autre remarque", "autres remarques")
                yield f"Attention : … et {untold} de même sorte"
        for skipped in (*self.skipped, *self._more_of_each_sort()):
            if skipped not in printed_before:
                yield f"Laissé de côté : {skipped.sentence()}"
        if count_again and not every and printed_before:
            yield self._told_before()

    def _more_of_each_sort(self) -> Iterator[Skipped]:
        """What was skipped beside the first of its sort."""
        for (source, _), count in self._more.items():
            if count > SAME:
                other_count = plural(count - SAME, "autre", "autres")
                yield Skipped(source, f"… et {other_count} de même sorte")

    def _told_before(self) -> str:
        skipped = self.left_out - self._new
        remarks = sum(remark.again for remark in self.remarks.values())
        counts = (
            plural(skipped, "fichier ou ligne de côté", "fichiers ou lignes de côté"),
            plural(remarks, "remarque"),
        )
        sentences = [
            sentence for sentence, count in zip(counts, (skipped, remarks), strict=True) if count
        ]
        return f"Déjà dit : {', '.join(sentences)} (--all redit tout)"

    def by_source(self) -> Iterator[str]:
        """Return a line for each of several files or sites; by formats when there are many."""
        if 1 < len(self.sources) <= LINES:
            yield from (f"  {source.sentence()}" for source in self.sources.values())
        elif len(self.sources) > LINES:
            for form in dict.fromkeys(source.format for source in self.sources.values()):
                sources = [source for source in self.sources.values() if source.format == form]
                yield f"  {_together(sources, form).sentence()}"

    def summary(self) -> str:
        """The counts in words: "1 article, 4 sections, 27 commentaires"."""
        return ", ".join(
            (
                plural(self.articles, "article"),
                plural(self.sections, "section"),
                plural(self.comments, "commentaire"),
            )
        )


def _together(sources: Sequence[FromSource], form: str) -> FromSource:
    total = FromSource(plural(len(sources), "fichier"), form)
    for source in sources:
        total.articles += source.articles
        total.sections += source.sections
        total.comments += source.comments
        total.left_out += source.left_out
        total.warnings += source.warnings
        if source.declared is not None:
            total.declared = (total.declared or 0) + source.declared
    return total


class Remarks(NamedTuple):
    """Remarks of one kind: how many, and the first of them."""

    total: int
    examples: list[Remark]
    again: int = 0
    """Those that former runs told."""
