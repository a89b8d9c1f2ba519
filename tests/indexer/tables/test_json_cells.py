"""What is read in cells of JSON, as editors and databases write them?"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from indexer.tables.cells import list_of, people_of, sections_of, words_of
from tests.indexer.outcomes import articles, outcomes_of

PARAGRAPH = {"type": "paragraph"}
EDITORS: dict[str, Any] = {
    "Editor.js 2": {
        "time": 1709544120000,
        "blocks": [
            {"id": "a", "type": "paragraph", "data": {"text": "Il <b>part</b>."}},
            {"id": "b", "type": "header", "data": {"text": "Le soir", "level": 2}},
            {"id": "c", "type": "list", "data": {"style": "ordered", "items": ["a < b", "c"]}},
        ],
        "version": "2.29.0",
    },
    "Draft.js 0.11": {
        "blocks": [
            {"key": "a", "text": "Il part.", "type": "unstyled", "entityRanges": []},
            {"key": "b", "text": "Le soir", "type": "header-two"},
            {"key": "c", "text": "a < b", "type": "unordered-list-item"},
            {"key": "d", "text": "c", "type": "unordered-list-item"},
        ],
        "entityMap": {},
    },
    "TipTap 2": {
        "type": "doc",
        "content": [
            {
                "type": "paragraph",
                "content": [
                    {"type": "text", "text": "Il "},
                    {"type": "text", "marks": [{"type": "bold"}], "text": "part."},
                ],
            },
            {
                "type": "heading",
                "attrs": {"level": 2},
                "content": [{"type": "text", "text": "Le soir"}],
            },
            {"type": "paragraph", "content": [{"type": "text", "text": "a < b"}]},
            {"type": "paragraph", "content": [{"type": "text", "text": "c"}]},
        ],
    },
    "Lexical 0.17": {
        "root": {
            "type": "root",
            "children": [
                {**PARAGRAPH, "children": [{"type": "text", "text": "Il part."}]},
                {"type": "heading", "tag": "h2", "children": [{"type": "text", "text": "Le soir"}]},
                {**PARAGRAPH, "children": [{"type": "text", "text": "a < b"}]},
                {**PARAGRAPH, "children": [{"type": "text", "text": "c"}]},
            ],
        }
    },
    "Strapi 5": [
        {**PARAGRAPH, "children": [{"type": "text", "text": "Il part."}]},
        {"type": "heading", "level": 2, "children": [{"type": "text", "text": "Le soir"}]},
        {**PARAGRAPH, "children": [{"type": "text", "text": "a < b"}]},
        {**PARAGRAPH, "children": [{"type": "text", "text": "c"}]},
    ],
    "Sanity 3": [
        {"_type": "block", "style": style, "children": [{"_type": "span", "text": text}]}
        for style, text in (
            *(("normal", "Il part."), ("h2", "Le soir")),
            *(("normal", "a < b"), ("normal", "c")),
        )
    ],
    "Contentful": {
        "nodeType": "document",
        "data": {},
        "content": [
            {"nodeType": kind, "data": {}, "content": [{"nodeType": "text", "value": text}]}
            for kind, text in (
                *(("paragraph", "Il part."), ("heading-2", "Le soir")),
                *(("paragraph", "a < b"), ("paragraph", "c")),
            )
        ],
    },
}


@pytest.mark.parametrize("editor", EDITORS)
def test_a_text_of(editor: str) -> None:
    sections = sections_of(json.dumps(EDITORS[editor], ensure_ascii=False))
    assert [(section.headline, section.text) for section in sections] == [
        (None, "Il part."),
        ("Le soir", "a < b\nc"),
    ]


def test_a_text_of_quill() -> None:
    text = json.dumps(
        {"ops": [{"insert": "Il "}, {"insert": "part.\nPuis"}, {"insert": {"img": 1}}]}
    )
    assert words_of(text).text == "Il part.\nPuis"


@pytest.mark.parametrize(
    "text",
    [
        *('{"a": 1}', "[1]", "{a: b}", '{"blocks": 3}', '["a", "b"]', "[]", "{}", "[sic]"),
        # an editor's words for something else: a game, a patch of JSON, a chain of blocks
        '{"blocks": [{"x": 5, "y": 3}]}',
        '{"blocks": ["a"]}',
        '{"ops": [{"op": "add", "path": "/a"}]}',
        '{"ops": [1, 2]}',
        '{"root": {"children": [{"name": "Zoé"}]}}',
    ],
)
def test_what_is_no_text_of_an_editor_stays_as_it_is(text: str) -> None:
    assert words_of(text).text == text


def test_a_text_that_is_too_deep_stays_as_it_is() -> None:
    node: dict[str, Any] = {"type": "text", "text": "x"}
    for _ in range(300):
        node = {"type": "paragraph", "content": [node]}
    text = json.dumps({"type": "doc", "content": [node]})
    assert words_of(text).text == text


def test_names_of_objects() -> None:
    people = '[{"id": 3, "name": "Zoé Petit"}, {"id": 4, "username": "luc"}]'
    assert people_of(people) == ("Zoé Petit", "luc")
    assert people_of('{"id": 3, "display_name": "Zoé"}') == ("Zoé",)
    assert list_of('[{"id": 1, "name": "mer, port"}, {"id": 2, "name": "lune"}]') == (
        "mer, port",
        "lune",
    )


@pytest.mark.parametrize(
    "moment",
    [
        '{"$date": "2024-03-04T09:22:00Z"}',
        '{"$date": {"$numberLong": "1709544120000"}}',
        '{"_seconds": 1709544120, "_nanoseconds": 0}',
    ],
)
def test_a_time_as_mongodb_and_firestore_write_it(moment: str, tmp_path: Path) -> None:
    cell = moment.replace('"', '""')
    [article] = articles(
        outcomes_of(tmp_path, f'title,body,createdAt\nBac,Il part.,"{cell}"\n', "t.csv")
    )
    assert article.date_published == "2024-03-04T09:22:00Z"
