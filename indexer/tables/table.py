"""Which articles and comments do the rows of a table make?

A table of articles gives them row by row. One that has comments gives each article once, with
its comments in the order of their times; they wait on disk, and the article is partial unless
the table has its text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from operator import attrgetter
from typing import NamedTuple

from indexer.article import (
    PARTIAL,
    PLANNED,
    PROTECTED,
    Article,
    Publication,
    Scope,
    Section,
    article_id,
    is_protected,
    withheld,
)
from indexer.files import Spool
from indexer.reporting import LeftAside, Outcome, Remark, Skipped, WithheldArticle, plural, shorten
from indexer.tables.cells import (
    count_of,
    html_of,
    line_of,
    list_of,
    people_of,
    sections_of,
    words_of,
)
from indexer.tables.column_names import plain
from indexer.tables.columns import ABOVE, Columns, States
from indexer.tables.json_cells import moment_in
from indexer.tables.row_kinds import (
    ARTICLES,
    COMMENTS,
    OF_PERSONS,
    OTHER_KINDS,
    PINGS,
    WORDPRESS,
    is_address,
    is_article,
)
from indexer.tables.row_names import (
    Titles,
    above_members,
    answered,
    article_name,
    by_title,
    only_titled,
    own_name,
    parent_name,
    references,
    titled,
    web_address,
    withheld_row,
)
from indexer.threads import Answer, comments, display_name, entry_names, thread_depths
from indexer.times import Times, due, instant, is_far, planned

_DELETED = frozenset(("deleted", "supprime", "supprimee", "efface", "removed", "deleted_at"))
_ALONE = {**PARTIAL, "provenance": "table-thread:"}
"""Of an article whose comments alone are known: any other source knows more of it."""


class Row(NamedTuple):
    """A row of a table, by member, and its line or its number, from 1."""

    line: int
    members: dict[str, str]
    states: States = ()


def outcomes(
    name: str,
    rows: Iterable[Row | Skipped],
    columns: Columns,
    times: Times,
    publication: Publication = Publication(),
) -> Iterator[Outcome]:
    """Return the articles of a table, in the order of their first rows, then what was skipped."""
    left_aside = LeftAside()
    if columns.unread:
        unread = shorten(", ".join(f"« {column} »" for column in columns.unread), 200)
        yield Remark("columns", f"colonnes pas lues : {unread}", name)
    if not columns.comments and columns.places.keys().isdisjoint(("texte", "chapo")):
        if "url" not in columns.places and any(map(is_address, columns.unread)):
            yield Skipped(name, OF_PERSONS)
            return
        message = 'aucune colonne n’a le texte des articles : dites laquelle (--columns "texte=…")'
        yield Remark("no_text", message, name)
    table = _Table(name, columns, times, publication, left_aside)
    rows = table.counted(rows)
    if columns.comments:
        yield from table.threads(rows)
    else:
        for row in rows:
            if isinstance(row, Skipped):
                yield row
            elif row.members:
                yield from table.articles(row)
    if not table.rows:
        yield Remark("empty", "tableau sans aucune ligne sous ses titres", name)
    if columns.comments and ABOVE & columns.places.keys() == {"article-slug"}:
        message = "ces commentaires ne savent que la fin de l’adresse de leur article"
        yield Remark("by_slug", f"{message} : --join les met sous lui", name)
    yield from left_aside.remarks(name)
    if times.unsure:
        sentence = plural(
            times.unsure, "date sans décalage horaire, lue", "dates sans décalage, lues"
        )
        yield Remark("zone", f"{sentence} à l'heure de Paris ; --timezone en donne une autre", name)
    if times.amiss:
        yield Remark("date", plural(times.amiss, "date pas comprise", "dates pas comprises"), name)


class _Table:
    def __init__(
        self,
        name: str,
        columns: Columns,
        times: Times,
        publication: Publication,
        left_aside: LeftAside,
    ) -> None:
        self.rows = 0
        self._name = name
        self._has = columns.places.keys()
        self._times = times
        self._publication = publication
        self._left_aside = left_aside
        self._now = datetime.now(UTC)
        self._titles = Titles()

    def counted(self, rows: Iterable[Row | Skipped]) -> Iterator[Row | Skipped]:
        for row in rows:
            self.rows += 1
            yield row

    def articles(self, row: Row) -> Iterator[Outcome]:
        """The article of a row; or only how it is called, when it is not to be seen."""
        kind, state = self._kind(row.members), self._withheld(row.states, Scope.ANY, Scope.ARTICLE)
        if kind is not None:
            self._left_aside.add("other_kinds", value=kind, offered="type-article" in row.members)
        elif state is not None:
            self._left_aside.add("unpublished_articles", value=state)
        else:
            yield from self._public(row)
            return
        yield withheld_row(row.members)

    def _kind(self, members: Mapping[str, str]) -> str | None:
        """Return the type of a row that is not an article; None for an article."""
        kind, other = members.get("type-article"), members.get("type", "")
        if kind is not None and not self._publication.allows_of(kind, (*WORDPRESS, *ARTICLES)):
            return kind
        hidden = plain(other) in OTHER_KINDS and not self._publication.allows_of(other, ())
        return other if hidden else None

    def _withheld(self, states: States, *scopes: Scope) -> str | None:
        return withheld(states, self._publication, scopes=scopes, when=self._moment, now=self._now)

    def _moment(self, cell: str) -> datetime | None:
        if is_far(cell):
            return datetime.max.replace(tzinfo=UTC)
        # with its own counts: a column of states is not one of dates
        time = Times().time(cell)
        return None if time is None else instant(time)

    def _public(self, row: Row) -> Iterator[Outcome]:
        """The article of a row that may be seen, unless it is planned, or behind a password."""
        article = self._article(row)
        if isinstance(article, Skipped):
            yield article
        elif self._planned(article, row.members):
            self._left_aside.add("unpublished_articles", value=PLANNED)
            withheld = withheld_row(row.members, article)
            yield replace(withheld, due=due(article.date_published, self._now))
        elif is_protected(row.states) and not self._publication.allows_of(PROTECTED, ()):
            self._left_aside.add("protected")
            yield withheld_row(row.members, article, protected=True)
            yield replace(article, sections=(), description=None)
        else:
            yield article

    def _planned(self, article: Article, members: Mapping[str, str]) -> bool:
        if self._publication.allows_of(PLANNED, ()):
            return False
        is_unpublished = any(is_far(members.get(name, "")) for name in ("date", "date-utc"))
        return is_unpublished or planned(article.date_published, self._now)

    def _article(self, row: Row) -> Article | Skipped:
        members = row.members
        sections = sections_of(members.get("texte", ""))
        url, slug = web_address(members.get("url", "")), own_name(members.get("slug", ""))
        number = own_name(members.get("id", ""))
        headline = line_of(members.get("titre", ""))[:1000] or _begins(sections)
        if not headline:
            return Skipped(self._name, "cette ligne n'a ni titre ni texte", row.line)
        published = self._published(members)
        modified = self._times.time(members.get("modification", ""))
        if modified and published and instant(modified) <= instant(published):
            modified = None
        return Article(
            id=article_name(number)
            if number
            else article_id(
                headline if url or slug else self._titles.distinct(headline, published, members),
                published,
                url,
            ),
            headline=headline,
            url=url,
            alternative_headline=line_of(members.get("accroche", "")) or None,
            description=words_of(members.get("chapo", "")).text or None,
            article_section=list_of(members.get("rubrique", "")),
            keywords=list_of(members.get("mots-cles", "")),
            author=people_of(members.get("auteur", "")),
            date_published=published,
            date_modified=modified,
            in_language=line_of(members.get("langue", ""))[:35] or None,
            publisher=line_of(members.get("editeur", "")) or None,
            comment_count=count_of(members.get("nombre", "")),
            sections=sections,
            # by which comments kept elsewhere know it
            extra={"slug": slug} if slug and not url else {},
        )

    def threads(self, rows: Iterable[Row | Skipped]) -> Iterator[Outcome]:
        """Return the articles, each with its comments, wherever these are in the table."""
        name_by_key: dict[str, str] = {}
        with Spool() as shelf:
            for row in rows:
                if isinstance(row, Skipped):
                    yield row
                    continue
                comment = self._is_comment(row.members)
                names = references(
                    above_members(row.members, self._has) if comment else row.members
                )
                title = "" if comment else by_title(row.members)
                if names:
                    keys = [*names, title] if name_by_key.get(title, "").startswith("=") else names
                    at = next((name_by_key[name] for name in keys if name in name_by_key), names[0])
                    for name in filter(None, (*names, title)):
                        name_by_key.setdefault(name, at)
                    shelf.put(at, [row.line, row.members, row.states])
                elif row.members:
                    reason = "ce commentaire ne dit pas son article (numéro, adresse ou titre)"
                    yield Skipped(self._name, reason, row.line)
            for name in shelf.names():
                yield from self._thread([Row(*values) for values in shelf.of(name)])

    def _thread(self, rows: list[Row]) -> Iterator[Outcome]:
        answers = [row for row in rows if self._is_comment(row.members)]
        article_rows = [row for row in rows if not self._is_comment(row.members)]
        for row in article_rows[:-1]:
            if only_titled(row.members) and row.members != article_rows[-1].members:
                yield from self.articles(row)
        results = [*(self.articles(article_rows[-1]) if article_rows else self._above_all(answers))]
        article = next((result for result in results if isinstance(result, Article)), None)
        hidden = any(isinstance(result, WithheldArticle) for result in results)
        yield from (result for result in results if result is not article)
        if hidden:
            self._left_aside.add("under_unpublished", len(answers))
        if article is None:
            return
        if hidden:
            yield article
            return
        answers_shown = sorted(
            (answer for row in answers for answer in self._answer(row)), key=attrgetter("moment")
        )
        thread = answered(answers_shown, comments(article.id, answers_shown))
        self._left_aside.add("orphan", thread_depths(thread).orphans)
        lacks_article = not (article_rows or article.sections)
        thread_extra = _ALONE if lacks_article else {}
        yield replace(article, comments=thread, extra={**article.extra, **thread_extra})

    def _above_all(self, answers: list[Row]) -> Iterator[Outcome]:
        """What the rows of comments say of their article."""
        above: dict[str, str] = {}
        for row in answers:
            for member, text in above_members(row.members, self._has).items():
                above.setdefault(member, text)
        first = Row(answers[0].line, titled(above))
        states = [self._withheld(row.states, Scope.ARTICLE) for row in answers]
        state = next(filter(None, states), None)
        if state is None and "commentaire" in self._has:
            # one state for both
            states = [self._withheld(row.states, Scope.ANY) for row in answers]
            state = states[0] if all(states) else None
        if state is not None:
            self._left_aside.add("unpublished_articles", value=state)
            yield withheld_row(first.members)
        elif any(map(is_protected, (row.states for row in answers))):
            yield from self._public(first._replace(states=[("post_password", "oui")]))
        else:
            yield from self._public(first)

    def _is_comment(self, members: Mapping[str, str]) -> bool:
        kind = plain(members.get("type-article", "") or members.get("type", ""))
        if (
            kind in COMMENTS
            or "type-commentaire" in members
            or "commentaire" in members
            or "commentaire-id" in members
        ):
            return True
        if kind in ARTICLES or "commentaire" in self._has:
            return False
        return not ABOVE.isdisjoint(members) or "titre" not in members

    def _answer(self, row: Row) -> Iterator[Answer]:
        """Return the comment of a row, if readers may see it."""
        members = row.members
        beside = "commentaire" in self._has
        state = self._withheld(row.states, Scope.ANY, Scope.COMMENT)
        if self._left_of_its_kind(members, beside):
            return
        deleted = state is not None and state in _DELETED
        if state is not None and not deleted:
            self._left_aside.add("unpublished", value=state)
            return
        has_title = "titre" in members and not beside and not ABOVE.isdisjoint(members)
        by = "commentaire-auteur" if "commentaire-auteur" in self._has else "auteur"
        at = "commentaire-date" if "commentaire-date" in self._has else "date"
        number = "commentaire-id" if "commentaire-id" in self._has else "id"
        anchor = entry_names.place(members.get("url", "")).anchor
        yield Answer(
            name=own_name(members.get(number, "")),
            parent=parent_name(members.get("parent", "")),
            author=display_name(html_of(members.get(by, ""))),
            published=self._published(members, at),
            words=words_of(members.get("commentaire", "") if beside else members.get("texte", "")),
            modified=self._times.time(members.get("modification", "")),
            deleted=deleted,
            up=count_of(members.get("pour", "")),
            down=count_of(members.get("contre", "")),
            anchor=anchor,
            headline=line_of(members["titre"]) or None if has_title else None,
        )

    def _left_of_its_kind(self, members: Mapping[str, str], beside: bool) -> bool:
        """Whether a row is not a comment, or is a comment on something other than an article."""
        kind = members.get("type-commentaire") or ("" if beside else members.get("type", ""))
        if plain(kind) in PINGS or plain(members.get("retrolien", "")) in ("1", "true", "oui"):
            self._left_aside.add("pings")
        elif not self._publication.allows_of(kind, ("", *COMMENTS)):
            self._left_aside.add("unpublished", value=kind)
        elif not is_article(members.get("objet", ""), self._publication):
            self._left_aside.add("elsewhere", value=members["objet"], offered=True)
        else:
            return False
        return True

    def _published(self, members: Mapping[str, str], name: str = "date") -> str | None:
        time = self._times.utc(members[f"{name}-utc"]) if f"{name}-utc" in members else None
        if time is not None or name not in members:
            return time
        cell = moment_in(members[name])
        if "heure" in members and ":" not in cell:
            # a day and its hour may stand in two columns
            cell = self._times.together(cell, members["heure"])
        return self._times.time(cell)


def _begins(sections: tuple[Section, ...]) -> str:
    """Return a title for an article without one: its beginning."""
    if not sections:
        return ""
    return shorten(sections[0].headline or sections[0].text.partition("\n")[0], 80)
