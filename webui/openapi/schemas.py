"""Which members has each JSON answer? (JSON Schema, as OpenAPI 3.1 uses it)"""

from __future__ import annotations

from typing import Any, get_args

from index.results import Stopped

Schema = dict[str, Any]

_TEXT: Schema = {"type": "string"}
_COUNT: Schema = {"type": "integer", "minimum": 0}
_SCORE: Schema = {"type": "number"}
_FLAG: Schema = {"type": "boolean"}
_MAYBE_COUNT: Schema = {"type": ["integer", "null"], "minimum": 0}
_MAYBE: Schema = {"type": ["string", "null"]}
_TIME: Schema = {"type": ["string", "null"], "format": "date-time"}
_TEXTS: Schema = {"type": "array", "items": _TEXT}
_MARKS: Schema = {
    "description": "[start, end) in Unicode code points of the text beside it",
    "type": "array",
    "items": {"type": "array", "items": _COUNT, "minItems": 2, "maxItems": 2},
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


def _ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def _list(name: str) -> Schema:
    return {"type": "array", "items": _ref(name)}


def _object(**members: Schema) -> Schema:
    return {"type": "object", "properties": members, "required": list(members)}


_PASSAGE: dict[str, Schema] = {
    "id": _TEXT,
    "kind": {"type": "string", "enum": ["lead", "section", "comment"]},
    "anchor": _TEXT,
    "url": _TEXT,
    "source_url": _MAYBE,
    "heading": _MAYBE,
    "author": _MAYBE,
    "date": _ref("Date"),
    "edited": _FLAG,
    "parent": {"anyOf": [_ref("Parent"), {"type": "null"}]},
    "heading_marks": _MARKS,
}
_BUCKET: dict[str, Schema] = {"value": _TEXT, "url": _TEXT}

SCHEMAS: dict[str, Schema] = {
    "Results": _object(
        query=_object(text=_TEXT, understood=_list("Piece"), notices=_list("Notice")),
        totals=_object(
            articles=_COUNT,
            passages=_COUNT,
            sections=_COUNT,
            comments=_COUNT,
            partial=_COUNT,
            exact=_FLAG,
        ),
        stopped={
            "type": "array",
            "items": {"type": "string", "enum": [*get_args(Stopped)]},
        },
        results=_list("Group"),
        facets=_object(
            category=_list("Bucket"),
            author=_list("Bucket"),
            commenter=_list("Bucket"),
            state=_list("Bucket"),
            month={
                "description": "of the passages whose month is known",
                **_list("Month"),
            },
            year={
                "description": "of those too that are known by their year alone",
                **_list("Month"),
            },
            day={
                "description": "counted when from and to are two months apart at most",
                **_list("Month"),
            },
        ),
        suggestions=_object(did_you_mean=_list("Suggestion"), relax=_list("Suggestion")),
        page=_object(
            number=_COUNT,
            size=_COUNT,
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
        order={
            "type": "string",
            "enum": ["relevance", "newest", "oldest", "most_commented"],
        },
        index=_ref("Index"),
        took_ms=_SCORE,
    ),
    "Piece": _object(
        kind=_TEXT,
        text=_TEXT,
        start=_COUNT,
        end=_COUNT,
        matches=_TEXTS,
        passages={"type": ["integer", "null"]},
        instead=_TEXTS,
        exactly=_MAYBE,
        remove=_TEXT,
    ),
    "Notice": _object(code=_TEXT, start=_COUNT, end=_COUNT, message=_TEXT),
    "Group": _object(
        id=_TEXT | {"description": "of its article, or of its passage when group=none"},
        article=_ref("Article"),
        title_marks=_MARKS,
        standfirst_marks=_MARKS,
        url=_TEXT,
        score=_SCORE,
        passages_found=_COUNT,
        partial=_FLAG,
        passages=_list("Passage"),
    ),
    "Article": _object(
        id=_TEXT,
        url=_MAYBE,
        title=_TEXT,
        strapline=_MAYBE,
        standfirst=_MAYBE,
        categories=_TEXTS,
        authors=_TEXTS,
        published=_TIME,
        precision={
            "description": "of published: null where it is known to the day or better",
            "enum": ["month", "year", None],
        },
        modified=_TIME,
        reading_minutes={"type": ["integer", "null"]},
        comments=_COUNT,
    ),
    "Passage": _object(
        **_PASSAGE, partial=_FLAG, instead=_TEXTS, score=_SCORE, snippets=_list("Snippet")
    ),
    "Date": _object(
        start=_TIME,
        end=_TIME,
        precision={
            "type": "string",
            "enum": ["second", "minute", "day", "month", "year", "unknown"],
        },
        shown=_MAYBE,
    ),
    "Parent": _object(id=_TEXT, author=_MAYBE, excerpt=_MAYBE),
    "Snippet": _object(
        text=_TEXT,
        marks=_MARKS,
        occurrences=_OCCURRENCES,
        starts_inside=_FLAG,
        ends_inside=_FLAG,
    ),
    "Bucket": {
        "description": "a value that narrows; counted as if no value of its facet were chosen. "
        "`url` is the question with it, `remove`, of one that is chosen, the question without it",
        **_object(**_BUCKET, articles=_COUNT, passages=_COUNT, chosen=_FLAG, remove=_MAYBE),
    },
    "Values": _object(
        facet={"type": "string", "enum": ["category", "author", "commenter"]},
        values=_list("Bucket"),
        chosen=_list("Bucket"),
        total=_COUNT,
        exact=_FLAG,
        page=_object(number=_COUNT, size=_COUNT, next=_MAYBE),
    ),
    "Month": _object(**_BUCKET, sections=_COUNT, comments=_COUNT),
    "Timeline": _object(
        unit={"type": "string", "enum": ["day", "month", "year", "decade", "century"]},
        questions=_TEXTS,
        periods=_list("Period"),
        years={
            "description": "by month: the passages of which the year alone is known, in no period; "
            "each month of that year answers with them too",
            **_list("Period"),
        },
        undated={
            "description": "of each question, the passages without a date, or that may be of two "
            "years, in no period",
            "type": "array",
            "items": _COUNT,
        },
        imprecise={
            "description": "by day: of each question, the passages of which the month or the year "
            "alone is known, in no period; each possible day answers with them too; empty "
            "otherwise",
            "type": "array",
            "items": _COUNT,
        },
    ),
    "Period": {
        "description": "sections and comments of one question, or passages of the first and of "
        "the compared one; `all`: the passages of the period within the same filters, with "
        "share=yes",
        "type": "object",
        "properties": {
            **_BUCKET,
            "sections": _COUNT,
            "comments": _COUNT,
            "passages": _COUNT,
            "compared": _COUNT,
            "all": _MAYBE_COUNT,
        },
        "required": ["value", "url", "all"],
    },
    "Suggestion": _object(label=_TEXT, passages=_COUNT, partial=_COUNT, url=_TEXT),
    "Index": _object(
        generation=_COUNT, updated=_TIME, articles=_COUNT, sections=_COUNT, comments=_COUNT
    ),
    "Thread": _object(
        article=_ref("Article"),
        title_marks=_MARKS,
        title_occurrences=_OCCURRENCES,
        occurrences=_COUNT,
        whole_occurrences=_COUNT,
        part=_object(
            start=_COUNT,
            passages=_COUNT,
            found={"type": ["integer", "null"]},
            listed=_COUNT,
            answering=_MAYBE_COUNT,
            previous_found=_MAYBE,
            next_found=_MAYBE,
            previous=_MAYBE,
            next=_MAYBE,
        ),
        passages=_list("WholePassage"),
    ),
    "WholePassage": _object(
        **_PASSAGE,
        heading_occurrences=_OCCURRENCES,
        text=_TEXT,
        marks=_MARKS,
        occurrences=_OCCURRENCES,
        quotes={
            "type": "array",
            "items": _object(
                text=_TEXT, author=_MAYBE, ref=_MAYBE, marks=_MARKS, occurrences=_OCCURRENCES
            ),
        },
        position=_COUNT,
        depth=_COUNT,
        modified=_TIME,
    ),
    "Suggestions": {
        "description": "the OpenSearch suggestions: what was typed, questions, nothing, links",
        "type": "array",
        "items": {"anyOf": [_TEXT, _TEXTS]},
        "minItems": 4,
        "maxItems": 4,
    },
    "Completions": _object(
        typed=_TEXT,
        words=_list("Offered"),
        titles=_list("Offered"),
        commenters=_list("Offered"),
        values=_list("Offered"),
        passages={
            "description": "the first passages that answer what is typed so far",
            "type": "array",
            "items": _object(text=_TEXT, marks=_MARKS, of=_TEXT, url=_TEXT),
        },
    ),
    "Offered": _object(text=_TEXT, url=_TEXT),
    "Status": _object(version=_TEXT, index=_ref("Index"), bytes=_MAYBE_COUNT),
    "Health": _object(status={"const": "ok"}),
    "Problem": {
        "type": "object",
        "description": "RFC 9457",
        "properties": {
            "type": _TEXT,
            "title": _TEXT,
            "status": _COUNT,
            "detail": _TEXT,
            "parameter": _TEXT,
            "value": _TEXT,
            "accepts": _TEXT,
            "incident": _TEXT,
        },
        "required": ["type", "title", "status"],
    },
}
