"""How is a `Results` value, or an article with its thread, written as JSON?

English keys, stable; offsets are code points of the `text` beside them; never HTML.
`glose search --json` prints the very value of `/search.json`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from index.answering import Filters, Thread, Values
from index.engines import Order
from index.french import fold
from index.record import About, Record
from index.results import (
    Bucket,
    Group,
    IndexState,
    Notice,
    Occurrence,
    Passage,
    Piece,
    Results,
    Snippet,
    Span,
    Suggestion,
)
from webui.addresses import (
    ORDERS,
    PERIODS,
    Day,
    Links,
    Narrowing,
    Parts,
    SearchParams,
    original,
    outside,
)
from webui.facets import VALUES_ON_A_PAGE, ValuesPage, removals
from webui.locale import Tongue, excerpt


def results_json(
    results: Results,
    params: SearchParams,
    links: Links = Links(),
    tongue: Tongue = Tongue(),
    state: str | None = None,
) -> dict[str, Any]:
    """One page of answers, ready for a JSON encoder; the members are those of `/openapi.json`.

    state: that of the index that it was read from, for the addresses of other pages.

    >>> results_json(Results("sora"), SearchParams(q="sora"))["totals"]["passages"]
    0
    """
    following = params.but(page=results.page + 1, state=state)
    state_lost = params.state is not None and params.state != state
    narrowing = Narrowing(params, links)
    removal_addresses = removals(results, params, links)
    return {
        "query": {
            "text": results.question,
            "understood": [_piece(piece, params, links) for piece in results.understood],
            "notices": [notice_json(notice, tongue) for notice in results.notices],
        },
        "totals": results.totals._asdict(),
        "stopped": list(results.stopped),
        "results": [
            {"id": _result_id(group, params), **_group(group, results.question, links)}
            for group in results.groups
        ],
        "facets": {
            name: [_bucket(name, bucket, narrowing, removal_addresses) for bucket in buckets]
            for name, buckets in {**_NO_FACETS, **results.facets}.items()
        },
        "suggestions": {
            "did_you_mean": _suggestions(results.did_you_mean, params, links, tongue),
            "relax": _suggestions(results.relax, params, links, tongue),
        },
        "page": {
            "number": results.page,
            "size": results.size,
            "next": links.search(following, ".json") if results.has_next else None,
            "restart": links.search(params.but(state=state), ".json") if state_lost else None,
        },
        "order": results.order,
        "index": state_json(results.state),
        "took_ms": round(results.took_ms, 2),
    }


def face(results: Results, filters: Filters, order: Order | None = None) -> dict[str, Any]:
    """Return the value of `/search.json` for an answer that comes from no address.

    order: what was asked beside the question, as `search` took it.
    """
    params = SearchParams(
        q=results.question,
        where=filters.where,
        category=filters.category,
        author=filters.author,
        commenter=filters.commenter,
        since=_instant(filters.since),
        until=_instant(filters.until),
        # an address does not say those only a feed has
        sort=next((sort for sort in ORDERS if sort == order), None),
        page=results.page,
        size=results.size,
    )
    return results_json(results, params)


def _instant(time: datetime | None) -> Day | None:
    return None if time is None else Day.read(time.isoformat())


def thread_json(thread: Thread, q: str = "", links: Links = Links()) -> dict[str, Any]:
    """A whole article: each passage's text in full, a question's matches marked."""
    parts = Parts(thread, q, links, ".json")
    return {
        "article": article_json(thread.about),
        "title_marks": _marks(thread.title_marks),
        "title_occurrences": _occurrences(thread.title_occurrences),
        "occurrences": thread.occurrences,
        "whole_occurrences": thread.whole_occurrences,
        "part": {
            "start": thread.start,
            "passages": thread.total,
            "found": thread.best_of,
            "listed": thread.listed,
            "answering": thread.answering,
            "previous": parts.previous,
            "next": parts.following,
            "previous_found": parts.previous_match,
            "next_found": parts.next_match,
        },
        "passages": [
            {
                **_record(passage, q, links),
                "heading_marks": _marks(passage.heading_marks),
                "heading_occurrences": _occurrences(passage.heading_occurrences),
                "text": passage.snippets[0].text,
                "marks": _marks(passage.snippets[0].marks),
                "occurrences": _occurrences(passage.snippets[0].occurrences),
                "quotes": [
                    {
                        "text": quote.text,
                        "author": quote.author,
                        "ref": quote.ref,
                        "marks": _marks(marks),
                        "occurrences": _occurrences(together),
                    }
                    for quote, marks, together in zip(
                        passage.record.quotes,
                        passage.quote_marks,
                        passage.quote_occurrences,
                        strict=True,
                    )
                ],
                "position": passage.record.position,
                "depth": passage.record.depth,
                "modified": passage.record.modified,
            }
            for passage in thread.passages
        ],
    }


def state_json(state: IndexState) -> dict[str, Any]:
    """Return the state of the index as JSON."""
    return state._asdict()


def article_json(about: About) -> dict[str, Any]:
    """Return an article as JSON, without its passages."""
    return {
        "id": about.id,
        "url": outside(about.url),
        "title": about.title,
        "strapline": about.strapline,
        "standfirst": about.standfirst,
        "categories": list(about.categories),
        "authors": list(about.authors),
        "published": about.published,
        "precision": about.precision or None,
        "modified": about.modified,
        "reading_minutes": about.reading_minutes,
        "comments": about.comments,
    }


_NO_FACETS: dict[str, Sequence[Bucket]] = {
    "category": (), "author": (), "commenter": (), "state": (), "month": (), "year": (),
    "day": (),
}  # fmt: skip


def instead(suggestion: Suggestion, params: SearchParams) -> SearchParams:
    """Return the question of a suggestion, with the filters beside it unless it goes without."""
    if suggestion.everywhere:
        bare = SearchParams(sort=params.sort, size=params.size, group=params.group)
        return bare.but(q=suggestion.question)
    return params.but(q=suggestion.question)


def label(suggestion: Suggestion, tongue: Tongue) -> str:
    """A suggestion in words; its own are French."""
    if suggestion.everywhere:
        return tongue("without_filters")
    return tongue.either(suggestion.label, suggestion.question)


def _piece(piece: Piece, params: SearchParams, links: Links) -> dict[str, Any]:
    return {
        "kind": piece.kind,
        "text": piece.text,
        "start": piece.start,
        "end": piece.end,
        "matches": list(piece.matches),
        "passages": piece.passages,
        "instead": list(piece.instead),
        "exactly": links.search(params.but(q=piece.exactly)) if piece.exactly else None,
        "remove": links.search(params.but(q=piece.without)),
    }


def notice_json(notice: Notice, tongue: Tongue) -> dict[str, Any]:
    """Return a notice as JSON, in the reader's language."""
    message = tongue.either(notice.message, notice.message_en)
    return {
        "code": notice.code,
        "start": notice.start,
        "end": notice.end,
        "message": message,
    }


def _result_id(group: Group, params: SearchParams) -> str:
    """Return the id of a result across pages: its article's, or its only passage's."""
    return group.about.id if params.group == "article" else group.passages[0].record.id


def _group(group: Group, q: str, links: Links) -> dict[str, Any]:
    return {
        "article": article_json(group.about),
        "title_marks": _marks(group.title_marks),
        "standfirst_marks": _marks(group.standfirst_marks),
        "url": links.article(group.about.id, q),
        "score": round(group.score, 4),
        "passages_found": group.passages_found,
        "partial": group.partial,
        "passages": [passage_json(passage, q, links) for passage in group.passages],
    }


def passage_json(passage: Passage, q: str, links: Links) -> dict[str, Any]:
    """One hit, with its snippets."""
    return {
        **_record(passage, q, links),
        "heading_marks": _marks(passage.heading_marks),
        "partial": passage.partial,
        "instead": list(passage.instead),
        "score": round(passage.score, 4),
        "snippets": [_snippet(snippet) for snippet in passage.snippets],
    }


def _record(passage: Passage, q: str, links: Links) -> dict[str, Any]:
    record = passage.record
    return {
        "id": record.id,
        "kind": record.kind,
        "anchor": f"#{record.anchor}" if record.anchor else "",
        "url": links.passage(record, q),
        "source_url": original(record),
        "heading": record.heading or None,
        "author": record.author,
        "date": {
            "start": record.start,
            "end": record.end,
            "precision": record.precision,
            "shown": record.shown,
        },
        "edited": record.edited,
        "parent": _parent(passage.parent, record.parent),
    }


def _parent(parent: Record | None, id: str | None) -> dict[str, Any] | None:
    if parent is None:
        return {"id": id, "author": None, "excerpt": None} if id else None
    return {"id": parent.id, "author": parent.author, "excerpt": excerpt(parent.text)}


def _snippet(snippet: Snippet) -> dict[str, Any]:
    return {
        "text": snippet.text,
        "marks": _marks(snippet.marks),
        "occurrences": _occurrences(snippet.occurrences),
        "starts_inside": snippet.starts_inside,
        "ends_inside": snippet.ends_inside,
    }


def _occurrences(occurrences: Iterable[Occurrence]) -> list[dict[str, Any]]:
    return [occurrence._asdict() for occurrence in occurrences]


def _marks(marks: Iterable[Span]) -> list[list[int]]:
    return [[start, end] for start, end in marks]


def _bucket(
    name: str,
    bucket: Bucket,
    narrowing: Narrowing,
    removal_addresses: Mapping[tuple[str, str], str],
) -> dict[str, Any]:
    """A value of a facet; of one that is chosen, `remove` is the question without it."""
    url = narrowing.address(name, bucket.value)
    if name in PERIODS:
        counts = {"sections": bucket.sections, "comments": bucket.comments}
        return {"value": bucket.value, **counts, "url": url}
    remove = removal_addresses.get((name, fold(bucket.value)))
    return {
        "value": bucket.value,
        "articles": bucket.articles,
        "passages": bucket.passages,
        "url": url,
        "chosen": remove is not None,
        "remove": remove,
    }


def values_json(values: Values, params: SearchParams, links: Links) -> dict[str, Any]:
    """A page of the values of a facet, and those that are chosen."""
    narrowing = Narrowing(params, links)
    removal_addresses = removals(Results(params.q), params, links)
    page = ValuesPage(values, params, links)
    return {
        "facet": params.facet,
        "values": [
            _bucket(params.facet, bucket, narrowing, removal_addresses) for bucket in values.values
        ],
        "chosen": [
            _bucket(params.facet, bucket, narrowing, removal_addresses) for bucket in values.chosen
        ],
        "total": values.total,
        "exact": values.exact,
        "page": {
            "number": params.page,
            "size": VALUES_ON_A_PAGE,
            "next": page.page(params.page + 1, ".json") if page.has_next else None,
        },
    }


def _suggestions(
    suggestions: Iterable[Suggestion], params: SearchParams, links: Links, tongue: Tongue
) -> list[dict[str, Any]]:
    return [
        {
            "label": label(suggestion, tongue),
            "passages": suggestion.passages,
            "partial": suggestion.partial,
            "url": links.search(instead(suggestion, params)),
        }
        for suggestion in suggestions
    ]
