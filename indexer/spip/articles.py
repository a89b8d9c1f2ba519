"""Which articles do the tables of SPIP give, each with its thread?

Articles and briefs of state `publie`, in the order of their numbers, with the messages of
state `publie` of their forums. A forum under anything else is left aside.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from indexer.article import (
    EMPTY,
    PLANNED,
    Article,
    Comment,
    Section,
    addresses,
)
from indexer.files import CapturedFile, Groups, ReadingOptions, Row, RowTables, row_number
from indexer.markup import beginning, spip_text
from indexer.reporting import LeftAside, Outcome, WithheldArticle
from indexer.spip.schema import KINDS, PUBLISHED, TABLES, Kind
from indexer.spip.site import Site
from indexer.threads import Answer, comments, display_name, identifier, thread_depths
from indexer.times import Capture, Times, instant

_MEMBERS = "accès restreint"
"""How what members alone may read is called, in a report and to `--published`."""


def articles(tables: RowTables, file: CapturedFile, options: ReadingOptions) -> Iterator[Outcome]:
    """The articles of one site, then what was left aside. sqlite3.Error: the base is damaged."""
    dump = _Dump(tables, options, file.capture)
    for kind in KINDS:
        yield from dump.articles(kind)
    dump.count_elsewhere()
    dump.left_aside.add("signatures", sum(1 for _ in tables.rows("signatures", ("id_article",))))
    dump.left_aside.add("zone", dump.times.unsure)
    dump.left_aside.add("date", dump.times.amiss)
    yield from dump.left_aside.remarks(file.name)


def staged_articles(
    tables: RowTables, file: CapturedFile, options: ReadingOptions
) -> Iterator[Outcome]:
    """The same, of tables that were filled from a text."""
    for table, column in (
        *(("articles", "id_article"), ("breves", "id_breve"), ("documents", "id_document")),
        ("urls", "id_objet"),
    ):
        tables.indexed(table, column)
    yield from articles(tables, file, options)


class _Dump:
    def __init__(self, tables: RowTables, options: ReadingOptions, captured: Capture) -> None:
        self.left_aside = LeftAside()
        self.times = Times(options.zone)
        self._tables = tables
        self._publication = options.publication
        self._site = Site(tables, options.publication, options.site)
        self._last_day = captured.day.isoformat()

    def articles(self, kind: Kind) -> Iterator[Article | WithheldArticle]:
        """The published ones of a kind, each with its thread; of the others, the names."""
        tables = self._tables
        authors = self._linked("auteurs", "id_auteur", kind)
        words = self._linked("mots", "id_mot", kind)
        forum = self._forum(kind)
        for row in tables.rows(kind.table, TABLES[kind.table], order=kind.number):
            number = row_number(row[kind.number])
            messages = forum.of(number)
            linked = authors.of(number), words.of(number)
            if (state := self._withheld(kind, row)) is not None:
                self.left_aside.add("unpublished_articles", value=state)
                self.left_aside.add("under_unpublished", len(messages))
                yield WithheldArticle((self._name(kind, number), *self._site.urls(kind, number)))
                continue
            yield self._article(kind, number, row, linked, messages)

        self.left_aside.add("elsewhere", forum.passed_over(), value=f"{kind.name} absent")

    def _withheld(self, kind: Kind, row: Row) -> str | None:
        """What keeps an object from readers: each that does must be asked for by its name."""
        if not self._publication.allows_of(row["statut"], PUBLISHED):
            return row["statut"] or EMPTY
        states = {
            PLANNED: self._site.hides_the_future and row[kind.date][:10] > self._last_day,
            _MEMBERS: self._site.for_members(row["id_rubrique"]),
        }
        for state, holds in states.items():
            if holds and not self._publication.allows_of(state, ()):
                return state
        return None

    def count_elsewhere(self) -> None:
        """Count the messages that are under something that has no page here."""
        kind_names = {kind.name for kind in KINDS}
        columns = ("objet", "statut", *(kind.number for kind in KINDS))
        since_3 = self._tables.has("forum", "objet")
        for row in self._tables.rows("forum", columns):
            if (
                row["objet"] in kind_names
                if since_3
                else any(row_number(row[k.number]) for k in KINDS)
            ):
                continue
            if self._publication.allows_of(row["statut"], PUBLISHED):
                self.left_aside.add("elsewhere", value=row["objet"])
            else:
                self.left_aside.add("unpublished", value=row["statut"] or EMPTY)

    def _linked(self, table: str, column: str, kind: Kind) -> Groups:
        """What is linked to objects of a kind, by their numbers."""
        if self._tables.has(f"{table}_liens"):
            return self._tables.groups(
                f"{table}_liens", "id_objet", (column,), then=column, where={"objet": kind.name}
            )
        return self._tables.groups(f"{table}_{kind.table}", kind.number, (column,), then=column)

    def _forum(self, kind: Kind) -> Groups:
        columns = TABLES["forum"]
        if self._tables.has("forum", "objet", "id_objet"):
            conditions: dict[str, str | int] = {"objet": kind.name}
            return self._tables.groups(
                "forum", "id_objet", columns, then="date_heure", where=conditions
            )
        return self._tables.groups("forum", kind.number, columns, then="date_heure")

    def _article(
        self,
        kind: Kind,
        number: int,
        row: Row,
        linked: tuple[list[Row], list[Row]],
        messages: list[Row],
    ) -> Article:
        site, language = self._site, row.get("lang") or self._site.language or "fr"
        plain = partial(spip_text.plain, titles=site.title, language=language)
        title = partial(spip_text.line, language=language)
        sections = self._sections(row, language)
        headline = title(row["titre"]) or beginning(sections) or f"{kind.name} {number}"
        published = self._time(row[kind.date])
        modified = self._time(row.get("date_modif", ""))
        if modified and published and instant(modified) <= instant(published):
            modified = None
        urls = site.urls(kind, number)
        identity = self._name(kind, number)
        above = filter(None, (title(row.get(name, "")) for name in ("surtitre", "soustitre")))
        standfirst = row.get("chapo", "")
        if standfirst.lstrip().startswith("="):
            # before SPIP 2.1: where an article without a text of its own leads
            standfirst = ""
        introductions = [plain(text) for text in (standfirst, row.get("descriptif", ""))]
        authors, words = linked
        return Article(
            id=identity,
            headline=headline,
            url=urls[0] if urls else None,
            same_as=urls[1:],
            alternative_headline=" · ".join(above) or None,
            description="\n".join(dict.fromkeys(filter(None, introductions))) or None,
            article_section=site.rubrics(row["id_rubrique"]),
            keywords=_each(site.word(link["id_mot"]) for link in words),
            author=_each(site.author(link["id_auteur"]) for link in authors),
            date_published=published,
            date_modified=modified,
            in_language=row.get("lang") or site.language,
            publisher=site.name,
            sections=sections,
            comments=self._comments(identity, messages, language),
        )

    def _name(self, kind: Kind, number: int) -> str:
        """The id of an object: its number on its site, or among tables that name no site."""
        site = addresses.site(self._site.home) if self._site.home else ""
        return identifier(":".join(filter(None, ("spip", site, f"{kind.name}{number}"))))

    def _sections(self, row: Row, language: str) -> tuple[Section, ...]:
        """The text, the note that pages put under it, then the notes of both."""
        parse = partial(spip_text.body, titles=self._site.title, language=language)
        body, after = parse(row["texte"]), parse(row.get("ps", ""))
        postscript = list(after.sections)
        if postscript and postscript[0].headline is None:
            postscript[0] = replace(postscript[0], headline="P.-S.", level=2)
        if link := spip_text.line(row.get("lien_titre", ""), language):
            postscript.append(Section("Voir en ligne", link, 2))
        if notes := "\n".join((*body.notes, *after.notes)):
            postscript.append(Section("Notes", notes, 2))
        return (*body.sections, *postscript)

    def _time(self, cell: str) -> str | None:
        """A time; a month or a day that nobody knows is 00."""
        cell = cell.strip()
        for unknown in ("-00-00", "-00"):
            if unknown in cell[4:10]:
                return cell.partition(unknown)[0] if not cell.startswith("0000") else None
        return self.times.time(cell)

    def _comments(self, article: str, messages: list[Row], language: str) -> tuple[Comment, ...]:
        answers = []
        for row in messages:
            if self._publication.allows_of(row["statut"], PUBLISHED):
                answers.append(self._answer(row, language))
            else:
                self.left_aside.add("unpublished", value=row["statut"] or EMPTY)
        thread = comments(article, answers)
        self.left_aside.add("orphan", thread_depths(thread).orphans)
        return thread

    def _answer(self, row: Row, language: str) -> Answer:
        number = identifier(row["id_forum"])
        return Answer(
            name=number,
            parent=identifier(row["id_parent"]),
            author=display_name(row["auteur"]) or self._site.author(row["id_auteur"]),
            published=self._time(row["date_heure"]),
            words=spip_text.words(row["texte"], self._site.title, language),
            headline=spip_text.line(row["titre"], language) or None,
            anchor=f"forum{number}",
        )


def _each(names: Iterator[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, names)))
