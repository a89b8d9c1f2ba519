"""Which article of the index is this one, whatever its id and the writing of its address?

The one of the same id; else the one of the same page, by any address of either, read in this run
or stored before. An index that was empty is not searched: the articles of the run are enough.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from whoosh.query import And, Or, Term

from index import page_addresses
from index.engines import Reader
from index.record import Record
from index.writing import State
from indexer.article import Article, addresses, moved, slug
from indexer.canonical import article_of, records_of
from indexer.merging.articles import OTHER_IDS
from indexer.merging.threads import named_alike
from indexer.merging.versions import Versions, forgotten
from indexer.reporting import Remark, provenance
from indexer.times import instant

_MOST = 1_000_000
"""Addresses of this run kept in memory, about 100 bytes each; the index knows the others."""
_CANDIDATES = 9
_CHANGED = (
    "le fil de cette page est d'un autre programme qu'avant, ou n'y est plus : les commentaires que"
    " l'index connaît sont gardés"
)
_OLDER = (
    "ce qui est lu a été modifié avant ce que l'index tenait, et l'a remplacé : est-ce une "
    "exportation plus ancienne ?"
)
_APART = timedelta(days=3)


class ArticleMerger:
    """Finds the stored article that an incoming one is, and merges both (`writing.Merger`).

    `claim`: see `merging.merge`. `incoming_ids` are the ids, in the index, of the incoming
    articles; `remarks`, what is to be reported about them.
    """

    def __init__(self, *, claim: bool = False) -> None:
        self.incoming_ids: set[str] = set()
        self.remarks: list[Remark] = []
        self._claim = claim
        self._id_by_key: dict[int, str] = {}
        self._generation = -1
        self._looks: bool | None = None
        self._last: list[int] = []
        self._versions = Versions()
        self._again = False

    def stored_id(self, incoming: Sequence[Record], state: State) -> str:
        lead = incoming[0]
        incoming_id = lead.about.id
        names = _names(lead)
        self._start(state.reader)
        same_id = next((id for id in self._known_ids(names) if _is_same(state, id, lead)), None)
        if same_id is None:
            same_id = incoming_id
            if self._looks and not state.stored(incoming_id):
                at = (id for id in _at(state.reader, names) if _is_same(state, id, lead))
                same_id = next(at, incoming_id)
        self._last = [hash(name) for name in (*names, _key(incoming_id))]
        self._id_by_key.update(dict.fromkeys(self._last, same_id))
        self._again = same_id in self.incoming_ids
        self.incoming_ids.add(same_id)
        return same_id

    def merged(self, incoming: Sequence[Record], state: State) -> Sequence[Record]:
        """Return the records that the index would hold if these were written now."""
        article = self.stored_id(incoming, state)
        stored = state.stored(article)
        return self.merge(stored, incoming) if stored else incoming

    def merge(self, stored: Sequence[Record], incoming: Sequence[Record]) -> Sequence[Record]:
        stored_article, incoming_article = article_of(stored), article_of(incoming)
        together = self._versions.beside(
            stored_article, incoming_article, again=self._again, claim=self._claim
        )
        shares_comments = (
            len(together.comments) > len(incoming_article.comments)
            and together is not stored_article
        )
        if (
            shares_comments
            and named_alike(moved(incoming_article, stored_article.id), stored_article)[1]
        ):
            self.remarks.append(Remark("comments", _CHANGED, stored_article.id))
        if _goes_back(stored_article, incoming_article, together):
            self.remarks.append(Remark("older", _OLDER, stored_article.id))
        return stored if together is stored_article else records_of(together)

    def outdated(self, state: State) -> Iterator[Sequence[Record]]:
        """Articles whose winning version was not read again, while others were: next time, these
        win.
        """
        for name in self._versions.alone():
            if stored := state.stored(name):
                yield records_of(forgotten(article_of(stored)))

    def _start(self, reader: Reader) -> None:
        if self._looks is None:
            self._looks = reader.size() > 0
        elif reader.generation != self._generation and len(self._id_by_key) > _MOST:
            # all but the last is committed, and will be found there
            self._id_by_key = {name: self._id_by_key[name] for name in self._last}
            self._looks = True
        self._generation = reader.generation

    def _known_ids(self, names: Sequence[str]) -> list[str]:
        ids = (self._id_by_key.get(hash(name)) for name in names)
        return list(dict.fromkeys(id for id in ids if id is not None))


class Reading:
    """An index that nobody writes meanwhile, for a run that only looks (`writing.State`)."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self._last: tuple[str, list[Record]] = "", []

    def stored(self, article: str) -> Sequence[Record]:
        if self._last[0] != article:
            loaded = [Record.load(stored) for stored in self.reader.passages(article)]
            self._last = article, loaded
        return self._last[1]


def _goes_back(stored: Article, incoming: Article, together: Article) -> bool:
    """Whether what is read, older than what the index held, takes its place."""
    incoming_time = incoming.date_modified or incoming.date_published
    stored_time = stored.date_modified
    if incoming_time is None or stored_time is None or together.date_modified == stored_time:
        return False
    return instant(incoming_time) < instant(stored_time)


def _key(id: str) -> str:
    return page_addresses.key(id) or id


def _names(lead: Record) -> list[str]:
    """Return the terms that an article may be known by: its ids and its pages."""
    other_ids = [str(name) for name in lead.extra.get(OTHER_IDS, ())]
    terms = [_key(lead.about.id), *map(_key, other_ids)]
    if not _elsewhere(lead):
        urls = (lead.about.url, *lead.extra.get("sameAs", ()))
        terms += [_key(page) for page in addresses.own_pages(filter(None, urls))]
    return list(dict.fromkeys(filter(None, terms)))


def _elsewhere(lead: Record) -> bool:
    partial = lead.extra.get("completeness") == "partial"
    return provenance.from_elsewhere(lead.extra, partial and not lead.about.standfirst)


def _at(reader: Reader, names: Sequence[str]) -> list[str]:
    """The articles that have one of these names in the index, the surest first."""
    tree = And([Term("kind", "lead"), Or([Term("url", name) for name in names])])
    hits = reader.search(tree, _CANDIDATES).hits
    leads = [Record.load(stored) for stored in reader.load([hit.ref for hit in hits])]
    address_key = names[1] if len(names) > 1 else ""
    leads.sort(
        key=lambda lead: (page_addresses.key(lead.about.url or "") != address_key, lead.about.id)
    )
    return [lead.about.id for lead in leads]


def _numbered_apart(id: str, other_id: str) -> bool:
    """Whether two ids are two numbers of one site's own.

    >>> _numbered_apart("wp:a.example:7", "wp:a.example:8"), _numbered_apart("wp:b:7", "x-9285")
    (True, False)
    """
    (site, _, number), (other_site, _, other_number) = id.rpartition(":"), other_id.rpartition(":")
    return site.startswith("wp:") and site == other_site and number != other_number


def _is_same(state: State, id: str, lead: Record) -> bool:
    """Whether the article stored under a shared name is the same article.

    Sites that give one address to all their pages must not make one article of them: two
    titles without a word in common, of two dates, are two articles.
    """
    stored_lead = next((record for record in state.stored(id) if record.kind == "lead"), None)
    if stored_lead is None or id == lead.about.id:
        return True
    if _elsewhere(stored_lead) != _elsewhere(lead) or _numbered_apart(id, lead.about.id):
        return False
    if provenance.by_comments(stored_lead.extra) or provenance.by_comments(lead.extra):
        # its title, when it has one, was made of the address
        return True
    stored_words, words = (
        set(slug(record.about.title).split("-")) for record in (stored_lead, lead)
    )
    if 2 * len(stored_words & words) >= min(len(stored_words), len(words)):
        return True
    times = [record.about.published for record in (stored_lead, lead)]
    return None not in times and abs(instant(times[0] or "") - instant(times[1] or "")) < _APART
