"""Which members has each JSON answer? (JSON Schema, as OpenAPI 3.1 uses it)"""

from __future__ import annotations

from typing import Any, get_args

from index.results import Stopped

Schema = dict[str, Any]

_TEXT: Schema = {"type": "string"}
_COUNT: Schema = {"type": "integer", "minimum": 0}
_FLAG: Schema = {"type": "boolean"}
_MAYBE: Schema = {"type": ["string", "null"]}
_TEXTS: Schema = {"type": "array", "items": _TEXT}
_COUNTS: Schema = {"type": "array", "items": _COUNT}
_MARKS: Schema = {
    "description": "[start, end) in Unicode code points of the text beside it",
    "type": "array",
    "items": {**_COUNTS, "minItems": 2, "maxItems": 2},
}
_OCCURRENCES: Schema = {
    "description": "the marks as they stand together, [start, end) of the text beside it; whole: "
    "it holds all that the question asks, and not some of its words",
    "type": "array",
    "items": {
        "type": "object",
        "properties": {"start": _COUNT, "end": _COUNT, "whole": _FLAG},
        "required": ["start", "end", "whole"],
    },
}
_TYPES: dict[str, Schema] = {
    "text": _TEXT,
    "text?": _MAYBE,
    "texts": _TEXTS,
    "count": _COUNT,
    "count?": {"type": ["integer", "null"], "minimum": 0},
    "integer?": {"type": ["integer", "null"]},
    "flag": _FLAG,
    "score": {"type": "number"},
    "time?": {"type": ["string", "null"], "format": "date-time"},
    "marks": _MARKS,
    "occurrences": _OCCURRENCES,
}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def _typed(name: str) -> Schema:
    if name in _TYPES:
        return _TYPES[name]
    inner = name.strip("[]")
    return _ref(inner) if inner == name else {"type": "array", "items": _ref(inner)}


def _members(names: str) -> dict[str, Schema]:
    """Members as they are listed: texts, but for those whose type follows a colon.

    A type is one of `_TYPES`, the name of a schema, or a list of these between brackets.

    >>> _members("label url:text? groups:[Group]")["groups"]
    {'type': 'array', 'items': {'$ref': '#/components/schemas/Group'}}
    """
    pairs = (member.partition(":") for member in names.split())
    return {name: _typed(kind or "text") for name, _, kind in pairs}


def _object(names: str = "", /, **members: Schema) -> Schema:
    """An object of listed members, then of others; all are always there."""
    properties = _members(names) | members
    return {"type": "object", "properties": properties, "required": list(properties)}


def _enum(*values: str) -> Schema:
    return {"type": "string", "enum": list(values)}


def _described(description: str, schema: Schema) -> Schema:
    return {"description": description, **schema}


_PASSAGE: dict[str, Schema] = {
    "id": _TEXT,
    "kind": _enum("lead", "section", "comment"),
    **_members("anchor url source_url:text? heading:text? author:text? date:Date edited:flag"),
    "parent": {"anyOf": [_ref("Parent"), {"type": "null"}]},
    "heading_marks": _MARKS,
}

SCHEMAS: dict[str, Schema] = {
    "Results": _object(
        query=_object("text understood:[Piece] notices:[Notice]"),
        totals=_object(
            "articles:count passages:count sections:count comments:count partial:count exact:flag"
        ),
        stopped={"type": "array", "items": _enum(*get_args(Stopped))},
        results=_typed("[Group]"),
        facets=_object(
            "category:[Bucket] author:[Bucket] commenter:[Bucket] state:[Bucket]",
            month=_described("of the passages whose month is known", _typed("[Month]")),
            year=_described("of those too that are known by their year alone", _typed("[Month]")),
            day=_described(
                "counted when from and to are two months apart at most", _typed("[Month]")
            ),
        ),
        suggestions=_object("did_you_mean:[Suggestion] relax:[Suggestion]"),
        page=_object(
            "number:count size:count",
            next=_MAYBE
            | {
                "description": "The next page of the same state of the index: walked to the end, "
                "they repeat nothing and miss nothing"
            },
            restart=_MAYBE
            | {
                "description": "Null, unless the state that the address names is no longer kept: "
                "this page is then of today’s state, and may repeat or miss some results. The "
                "first page of today’s state, to go on from without loss, passing over the ids "
                "that one has"
            },
        ),
        order=_enum("relevance", "newest", "oldest", "most_commented"),
        index=_ref("Index"),
        took_ms=_TYPES["score"],
    ),
    "Piece": _object(
        "kind text start:count end:count matches:texts passages:integer? instead:texts"
        " exactly:text? remove"
    ),
    "Notice": _object("code start:count end:count message"),
    "Group": _object(
        id=_TEXT | {"description": "of its article, or of its passage when group=none"},
        **_members(
            "article:Article title_marks:marks standfirst_marks:marks url score:score"
            " passages_found:count partial:flag passages:[Passage]"
        ),
    ),
    "Article": _object(
        "id url:text? title strapline:text? standfirst:text? categories:texts authors:texts"
        " published:time?",
        precision={
            "description": "of published: null where it is known to the day or better",
            "enum": ["month", "year", None],
        },
        **_members("modified:time? reading_minutes:integer? comments:count"),
    ),
    "Passage": _object(
        **_PASSAGE, **_members("partial:flag instead:texts score:score snippets:[Snippet]")
    ),
    "Date": _object(
        "start:time? end:time?",
        precision=_enum("second", "minute", "day", "month", "year", "unknown"),
        shown=_MAYBE,
    ),
    "Parent": _object("id author:text? excerpt:text?"),
    "Snippet": _object(
        "text marks:marks occurrences:occurrences starts_inside:flag ends_inside:flag"
    ),
    "Bucket": _described(
        "a value that narrows; counted as if no value of its facet were chosen. "
        "`url` is the question with it, `remove`, of one that is chosen, the question without it",
        _object("value url articles:count passages:count chosen:flag remove:text?"),
    ),
    "Values": _object(
        facet=_enum("category", "author", "commenter"),
        **_members("values:[Bucket] chosen:[Bucket] total:count exact:flag"),
        page=_object("number:count size:count next:text?"),
    ),
    "Month": _object("value url sections:count comments:count"),
    "Timeline": _object(
        unit=_enum("day", "month", "year", "decade", "century"),
        **_members("questions:texts periods:[Period]"),
        years=_described(
            "by month: the passages of which the year alone is known, in no period; "
            "each month of that year answers with them too",
            _typed("[Period]"),
        ),
        undated=_described(
            "of each question, the passages without a date, or that may be of two "
            "years, in no period",
            _COUNTS,
        ),
        imprecise=_described(
            "by day: of each question, the passages of which the month or the year "
            "alone is known, in no period; each possible day answers with them too; empty "
            "otherwise",
            _COUNTS,
        ),
    ),
    "Period": {
        "description": "sections and comments of one question, or passages of the first and of "
        "the compared one; `all`: the passages of the period within the same filters, with "
        "share=yes",
        "type": "object",
        "properties": _members(
            "value url sections:count comments:count passages:count compared:count all:count?"
        ),
        "required": ["value", "url", "all"],
    },
    "Suggestion": _object("label passages:count partial:count url"),
    "Index": _object("generation:count updated:time? articles:count sections:count comments:count"),
    "Thread": _object(
        "article:Article title_marks:marks title_occurrences:occurrences occurrences:count"
        " whole_occurrences:count",
        part=_object(
            "start:count passages:count found:integer? listed:count answering:count?"
            " previous_found:text? next_found:text? previous:text? next:text?"
        ),
        passages=_typed("[WholePassage]"),
    ),
    "WholePassage": _object(
        **_PASSAGE,
        **_members("heading_occurrences:occurrences text marks:marks occurrences:occurrences"),
        quotes={
            "type": "array",
            "items": _object("text author:text? ref:text? marks:marks occurrences:occurrences"),
        },
        **_members("position:count depth:count modified:time?"),
    ),
    "Suggestions": {
        "description": "the OpenSearch suggestions: what was typed, questions, nothing, links",
        "type": "array",
        "items": {"anyOf": [_TEXT, _TEXTS]},
        "minItems": 4,
        "maxItems": 4,
    },
    "Completions": _object(
        "typed words:[Offered] titles:[Offered] commenters:[Offered] values:[Offered]",
        passages={
            "description": "the first passages that answer what is typed so far",
            "type": "array",
            "items": _object("text marks:marks of url"),
        },
    ),
    "Offered": _object("text url"),
    "Status": _object("version index:Index bytes:count?"),
    "Health": _object(status={"const": "ok"}),
    "Problem": {
        "type": "object",
        "description": "RFC 9457",
        "properties": _members("type title status:count detail parameter value accepts incident"),
        "required": ["type", "title", "status"],
    },
}
