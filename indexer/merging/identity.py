"""Which article of the index is this one, whatever its id and the writing of its address?

The one of the same id; else the one of the same page, by any address of either, met in this
run or held before. An index that was empty is asked nothing: what the run gave is enough.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from whoosh.query import And, Or, Term

from index import page_addresses
from index.engines import Reader
from index.record import Record
from index.writing import State
from indexer.article import addresses, moved, slug
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
_APART = timedelta(days=3)


class Settling:
    """Finds the article that the index holds of one, and puts both together (`writing.Settle`).

    `claim`: see `merging.merge`. `given` are the ids, in the index, of all that were given.
    `remarks` are what is to be told of them.
    """

    def __init__(self, *, claim: bool = False) -> None:
        self.given: set[str] = set()
        self.remarks: list[Remark] = []
        self._claim = claim
        self._met: dict[int, str] = {}
        self._generation = -1
        self._looks: bool | None = None
        self._last: list[int] = []
        self._versions = Versions()
        self._again = False

    def held_as(self, given: Sequence[Record], state: State) -> str:
        lead = given[0]
        own = lead.about.id
        names = _names(lead)
        self._start(state.reader)
        held_id = next((id for id in self._known(names) if _is_same(state, id, lead)), None)
        if held_id is None:
            held_id = own
            if self._looks and not state.held(own):
                at = (id for id in _at(state.reader, names) if _is_same(state, id, lead))
                held_id = next(at, own)
        self._last = [hash(name) for name in (*names, _key(own))]
        self._met.update(dict.fromkeys(self._last, held_id))
        self._again = held_id in self.given
        self.given.add(held_id)
        return held_id

    def settled(self, given: Sequence[Record], state: State) -> Sequence[Record]:
        """What the index would hold, were this written now."""
        article = self.held_as(given, state)
        held = state.held(article)
        return self.beside(held, given) if held else given

    def beside(self, held: Sequence[Record], given: Sequence[Record]) -> Sequence[Record]:
        mine, theirs = article_of(held), article_of(given)
        together = self._versions.beside(mine, theirs, again=self._again, claim=self._claim)
        more = len(together.comments) > len(theirs.comments) and together is not mine
        if more and named_alike(moved(theirs, mine.id), mine)[1]:
            self.remarks.append(Remark("comments", _CHANGED, mine.id))
        return held if together is mine else records_of(together)

    def rest(self, state: State) -> Iterator[Sequence[Record]]:
        """Articles whose version is no longer given, and others are: next time, these win."""
        for name in self._versions.alone():
            if held := state.held(name):
                yield records_of(forgotten(article_of(held)))

    def _start(self, reader: Reader) -> None:
        if self._looks is None:
            self._looks = reader.size() > 0
        elif reader.generation != self._generation and len(self._met) > _MOST:
            # all but the last is committed, and will be found there
            self._met = {name: self._met[name] for name in self._last}
            self._looks = True
        self._generation = reader.generation

    def _known(self, names: Sequence[str]) -> list[str]:
        met = (self._met.get(hash(name)) for name in names)
        return list(dict.fromkeys(id for id in met if id is not None))


class Reading:
    """An index that nobody writes meanwhile, for a run that only looks (`writing.State`)."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self._last: tuple[str, list[Record]] = "", []

    def held(self, article: str) -> Sequence[Record]:
        if self._last[0] != article:
            loaded = [Record.load(stored) for stored in self.reader.passages(article)]
            self._last = article, loaded
        return self._last[1]


def _key(id: str) -> str:
    return page_addresses.key(id) or id


def _names(lead: Record) -> list[str]:
    """Return the terms that an article may be known by: its ids and its pages."""
    others = [str(name) for name in lead.extra.get(OTHER_IDS, ())]
    terms = [_key(lead.about.id), *map(_key, others)]
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
    own = names[1] if len(names) > 1 else ""
    leads.sort(key=lambda lead: (page_addresses.key(lead.about.url or "") != own, lead.about.id))
    return [lead.about.id for lead in leads]


def _numbered_apart(id: str, other: str) -> bool:
    """Whether two ids are two numbers of one site's own.

    >>> _numbered_apart("wp:a.example:7", "wp:a.example:8"), _numbered_apart("wp:b:7", "x-9285")
    (True, False)
    """
    (site, _, number), (other_site, _, other_number) = id.rpartition(":"), other.rpartition(":")
    return site.startswith("wp:") and site == other_site and number != other_number


def _is_same(state: State, id: str, lead: Record) -> bool:
    """Whether an article held under a shared name is the same article.

    Sites that give one address to all their pages must not make one article of them: two
    titles without a word in common, of two dates, are two articles.
    """
    held = next((record for record in state.held(id) if record.kind == "lead"), None)
    if held is None or id == lead.about.id:
        return True
    if _elsewhere(held) != _elsewhere(lead) or _numbered_apart(id, lead.about.id):
        return False
    if provenance.by_comments(held.extra) or provenance.by_comments(lead.extra):
        # its title, when it has one, was made of the address
        return True
    mine, theirs = (set(slug(record.about.title).split("-")) for record in (held, lead))
    if 2 * len(mine & theirs) >= min(len(mine), len(theirs)):
        return True
    times = [record.about.published for record in (held, lead)]
    return None not in times and abs(instant(times[0] or "") - instant(times[1] or "")) < _APART
