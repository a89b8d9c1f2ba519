"""Which articles and comments do the rows of a table make?

A table of articles gives them row by row. One that has comments gives each article once, with
its comments in the order of their times; they wait on disk, and the article is partial unless
the table has its text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import tzinfo
from typing import NamedTuple

from indexer.article import PARTIAL, Article, Section, addresses, article_id
from indexer.files import Spool
from indexer.reporting import Outcome, Remark, Skipped, plural, shorten
from indexer.tables.cells import (
    count_of,
    html_of,
    line_of,
    list_of,
    people_of,
    sections_of,
    words_of,
)
from indexer.tables.columns import Columns, plain
from indexer.threads import Answer, comments, display_name, entry_names, identifier, thread_depths
from indexer.times import Times, instant

_HELD = frozenset(
    (
        *("draft", "brouillon", "auto_draft", "pending", "en_attente", "attente", "hold", "future"),
        *("private", "prive", "hidden", "unpublished", "non_publie", "off", "0", "false", "faux"),
        *("no", "non", "trash", "post_trashed", "corbeille", "poubelle", "spam", "prop", "propose"),
        *("refuse", "rejected", "unapproved"),
    )
)
"""States, as WordPress, SPIP and others call them, of what readers may not see."""
_DELETED = frozenset(("deleted", "supprime", "supprimee", "efface", "removed"))
_OTHERS = frozenset(
    (
        *("attachment", "revision", "nav_menu_item", "wp_block", "custom_css"),
        *("pingback", "trackback", "retrolien"),
    )
)
_COMMENTS = frozenset(["comment", "commentaire", "reponse", "reply", "answer"])
_ARTICLES = frozenset(["article", "post", "page", "news", "billet", "depeche"])
_ABOVE = frozenset(("article", "article-url", "article-titre"))
_OF_ARTICLES = (
    *("texte", "chapo", "accroche", "rubrique", "mots-cles", "langue", "editeur", "nombre"),
)
_ALONE = {**PARTIAL, "provenance": "table-thread:"}
"""Of an article whose comments alone are known: any other source knows more of it."""
_LEFT = {
    "unpublished_articles": ("article non publié laissé", "articles non publiés laissés"),
    "unpublished": ("commentaire non publié laissé", "commentaires non publiés laissés"),
    "other_kinds": ("ligne d'une autre sorte laissée", "lignes d'une autre sorte laissées"),
    "orphan": ("réponse à un commentaire absent", "réponses à un commentaire absent"),
}


@dataclass(frozen=True, slots=True)
class Tables:
    """What whoever indexes has told of tables: `columns` by member, and `zone`."""

    columns: Mapping[str, str] = field(default_factory=dict)
    zone: tzinfo | None = None


class Row(NamedTuple):
    """A row of a table, by member, and its line or its number, from 1."""

    line: int
    said: dict[str, str]


def outcomes(
    name: str, rows: Iterable[Row | Skipped], columns: Columns, times: Times
) -> Iterator[Outcome]:
    """What a table gives, in the order of its first rows, then what was left aside."""
    left: Counter[str] = Counter()
    if columns.unread:
        told = shorten(", ".join(columns.unread), 200)
        yield Remark("columns", f"colonnes pas lues : {told}", name)
    rows = _counted(rows, left)
    table = _Table(name, columns, times, left)
    if columns.comments:
        yield from table.threads(rows)
    else:
        for row in rows:
            if isinstance(row, Skipped):
                yield row
            elif row.said and (made := table.article(row)) is not None:
                yield made
    if not left.pop("rows", 0):
        yield Remark("empty", "tableau sans aucune ligne sous ses titres", name)
    for kind, count in (+left).items():
        aside = "" if kind == "orphan" else " de côté"
        yield Remark(kind, plural(count, *_LEFT[kind]) + aside, name)
    if times.unsure:
        told = plural(times.unsure, "date sans décalage horaire, lue", "dates sans décalage, lues")
        yield Remark("zone", f"{told} à l'heure de Paris ; --timezone en donne une autre", name)
    if times.amiss:
        yield Remark("date", plural(times.amiss, "date pas comprise", "dates pas comprises"), name)


def _counted(rows: Iterable[Row | Skipped], left: Counter[str]) -> Iterator[Row | Skipped]:
    for row in rows:
        left["rows"] += 1
        yield row


class _Table:
    def __init__(self, name: str, columns: Columns, times: Times, left: Counter[str]) -> None:
        self._name = name
        self._has = columns.places.keys()
        self._times = times
        self._left = left

    def article(self, row: Row) -> Article | Skipped | None:
        """The article of a row; None when it is not to be seen."""
        said = row.said
        state = plain(said.get("statut", ""))
        if plain(said.get("type", "")) in _OTHERS:
            self._left["other_kinds"] += 1
            return None
        if state in _HELD or state in _DELETED:
            self._left["unpublished_articles"] += 1
            return None
        found = sections_of(said.get("texte", ""))
        url = _address(said.get("url", ""))
        number = identifier(said.get("id", ""))
        headline = line_of(said.get("titre", ""))[:1000] or _begins(found)
        if not headline:
            return Skipped(self._name, "cette ligne n'a ni titre ni texte", row.line)
        published = self._published(said)
        modified = self._times.time(said.get("modification", ""))
        if modified and published and instant(modified) <= instant(published):
            modified = None
        return Article(
            id=_name(number) if number else article_id(headline, published, url),
            headline=headline,
            url=url,
            alternative_headline=line_of(said.get("accroche", "")) or None,
            description=words_of(said.get("chapo", "")).text or None,
            article_section=list_of(said.get("rubrique", "")),
            keywords=list_of(said.get("mots-cles", "")),
            author=people_of(said.get("auteur", "")),
            date_published=published,
            date_modified=modified,
            in_language=line_of(said.get("langue", ""))[:35] or None,
            publisher=line_of(said.get("editeur", "")) or None,
            comment_count=count_of(said.get("nombre", "")),
            sections=found,
        )

    def threads(self, rows: Iterable[Row | Skipped]) -> Iterator[Outcome]:
        """The articles, each with its comments, wherever these are."""
        same: dict[str, str] = {}
        with Spool() as shelf:
            for row in rows:
                if isinstance(row, Skipped):
                    yield row
                    continue
                above = self._above(row.said) if self._is_comment(row.said) else row.said
                names = _references(above)
                if names:
                    at = next((same[name] for name in names if name in same), names[0])
                    same.update((name, at) for name in names if name not in same)
                    shelf.put(at, [row.line, row.said])
                elif row.said:
                    reason = "ce commentaire ne dit pas son article (numéro, adresse ou titre)"
                    yield Skipped(self._name, reason, row.line)
            for name in shelf.names():
                yield from self._thread([Row(*one) for one in shelf.of(name)])

    def _thread(self, rows: list[Row]) -> Iterator[Outcome]:
        answers = [row for row in rows if self._is_comment(row.said)]
        own = [row for row in rows if not self._is_comment(row.said)]
        if own:
            first = own[-1]
        else:
            above: dict[str, str] = {}
            for row in answers:
                for member, text in self._above(row.said).items():
                    above.setdefault(member, text)
            first = Row(rows[0].line, _titled(above))
        article = self.article(first)
        if not isinstance(article, Article):
            if article is not None:
                yield article
            else:
                self._left["unpublished"] += len(answers)
            return
        kept = sorted((one for row in answers for one in self._answer(row)), key=_moment)
        made = comments(article.id, kept)
        self._left["orphan"] += thread_depths(made).orphans
        alone = not (own or article.sections)
        yield replace(article, comments=made, extra=dict(_ALONE) if alone else {})

    def _is_comment(self, said: Mapping[str, str]) -> bool:
        kind = plain(said.get("type", ""))
        if kind in _COMMENTS or "commentaire" in said or "commentaire-id" in said:
            return True
        if kind in _ARTICLES or "commentaire" in self._has:
            return False
        return not _ABOVE.isdisjoint(said) or "titre" not in said

    def _above(self, said: Mapping[str, str]) -> dict[str, str]:
        """What the row of a comment says of its article."""
        beside = "commentaire" in self._has
        above = {
            "id": said.get("article", ""),
            "url": said.get("article-url", ""),
            "titre": said.get("article-titre", ""),
        }
        if not above["id"] and "commentaire-id" in self._has:
            above["id"] = said.get("id", "")
        if addresses.site(above["id"]):
            above["url"], above["id"] = above["url"] or above["id"], ""
        elif " " in above["id"].strip():
            above["titre"], above["id"] = above["titre"] or above["id"], ""
        if beside or not any(above.values()):
            above["titre"] = above["titre"] or said.get("titre", "")
        # that of a comment leads to its article as well
        above["url"] = entry_names.place(above["url"] or said.get("url", "")).page
        if beside:
            above.update((name, said[name]) for name in _OF_ARTICLES if name in said)
            for own, theirs in (("auteur", "commentaire-auteur"), ("date", "commentaire-date")):
                if theirs in self._has and own in said:
                    above[own] = said[own]
        return {name: text for name, text in above.items() if text}

    def _answer(self, row: Row) -> Iterator[Answer]:
        """A comment, if readers may see it."""
        said = row.said
        state = plain(said.get("statut", ""))
        if plain(said.get("type", "")) in _OTHERS:
            self._left["other_kinds"] += 1
            return
        if state in _HELD:
            self._left["unpublished"] += 1
            return
        beside = "commentaire" in self._has
        own = "titre" in said and not beside and not _ABOVE.isdisjoint(said)
        by = "commentaire-auteur" if "commentaire-auteur" in self._has else "auteur"
        at = "commentaire-date" if "commentaire-date" in self._has else "date"
        number = "commentaire-id" if "commentaire-id" in self._has else "id"
        anchor = entry_names.place(said.get("url", "")).anchor
        yield Answer(
            name=identifier(said.get(number, "")),
            parent=identifier(said.get("parent", "")),
            author=display_name(html_of(said.get(by, ""))),
            published=self._published(said, at),
            words=words_of(said.get("commentaire", "") if beside else said.get("texte", "")),
            modified=self._times.time(said.get("modification", "")),
            deleted=state in _DELETED,
            up=count_of(said.get("pour", "")),
            down=count_of(said.get("contre", "")),
            anchor=anchor,
            headline=line_of(said["titre"]) or None if own else None,
        )

    def _published(self, said: Mapping[str, str], name: str = "date") -> str | None:
        found = self._times.utc(said[f"{name}-utc"]) if f"{name}-utc" in said else None
        return found or (self._times.time(said[name]) if name in said else None)


def _begins(found: tuple[Section, ...]) -> str:
    """What to call an article without a title: how it begins."""
    if not found:
        return ""
    return shorten(found[0].headline or found[0].text.partition("\n")[0], 80)


def _titled(above: dict[str, str]) -> dict[str, str]:
    """An article known by its comments, with something to call it."""
    url = above.get("url", "")
    title = addresses.title(url) if addresses.site(url) else ""
    return {"titre": title or f"Article {above.get('id', '')}".strip(), **above}


def _name(number: str) -> str:
    """The id of an article; a bare number is of no site, and would be of all."""
    return f"table:{number}" if number.isdecimal() else number


def _address(url: str) -> str | None:
    url = url.strip()
    return url if addresses.site(url) else None


def _references(said: Mapping[str, str]) -> list[str]:
    """What names the article of a row, the surest first."""
    page = addresses.page(said.get("url", ""))
    names = [f"#{identifier(said['id'])}"] if said.get("id", "").strip() else []
    names += [] if page is None else [page.whole]
    title = line_of(said.get("titre", ""))
    return names or ([f"={title}"] if title else [])


def _moment(answer: Answer) -> float:
    return instant(answer.published).timestamp() if answer.published else 0.0
