"""How does a page of a past state of the index show nothing that was since taken away?

Whoever turns the pages of an answer reads one state to the end, so that nothing is repeated nor
missed. What stands on them is what the present state holds: a passage that was removed leaves
its place empty, one that was changed is shown as it is now.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from whoosh import query as nodes

from index.engines import Look, Page, PageGroup, PageRequest, Reader
from index.record import Record

# Clusters refuse a question of more than 1024 conditions.
_AT_ONCE = 500


def page(past: Reader, present: Reader, request: PageRequest) -> Page:
    """A page as the past state ranks it, of what the present one holds.

    Facets and spans are of today, and `stopped` is what either state did not do.
    """
    past_page = past.page(request._replace(facets=(), spans=()))
    ids = {
        hit.stored: Record.load(hit.stored).id for group in past_page.groups for hit in group.hits
    }
    by_id = _present_records(present, {*ids.values(), *past_page.parents})
    groups = []
    for group in past_page.groups:
        records = [(hit, by_id.get(ids[hit.stored])) for hit in group.hits]
        hits = [
            hit._replace(stored=record.dump())
            for hit, record in records
            # an empty comment is never an answer
            if record is not None and record.visible
        ]
        if hits:
            groups.append(PageGroup(hits, group.matches))
    parents = {id: by_id[id].dump() for id in past_page.parents if id in by_id}
    page_shown = replace(past_page, groups=groups, parents=parents)
    if not (request.facets or request.spans):
        return page_shown
    counting = request._replace(number=1, size=1, shown=1, totals=(), look=Look(), later=None)
    around = present.page(counting)
    stopped = tuple(dict.fromkeys([*past_page.stopped, *around.stopped]))
    return replace(page_shown, facets=around.facets, spans=around.spans, stopped=stopped)


def _present_records(present: Reader, ids: Collection[str]) -> dict[str, Record]:
    """The passages that have these ids now, by id."""
    by_id: dict[str, Record] = {}
    listed = sorted(ids)
    for start in range(0, len(listed), _AT_ONCE):
        portion = listed[start : start + _AT_ONCE]
        tree = nodes.Or([nodes.Term("id", id) for id in portion])
        result = present.search(tree, len(portion))
        for stored in present.load([hit.ref for hit in result.hits]):
            record = Record.load(stored)
            by_id[record.id] = record
    return by_id
