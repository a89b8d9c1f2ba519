"""Which objects are articles of the canonical format, and what is said of those that are not?"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

import indexer
from indexer.article.model import Article
from indexer.canonical import jsonl
from indexer.canonical.objects import ARTICLE, COMMENT, OWN, SECTION, article_json, read_article
from indexer.canonical.strict_json import Invalid
from indexer.files.formats import CapturedFile
from indexer.reporting.report import Skipped
from indexer.times.capture import Capture

SCHEMA = json.loads((Path(indexer.__file__).parent / "article.schema.json").read_text())
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)
PAGE = (Path(indexer.__file__).parents[1] / "FORMAT.md").read_text()

# an object, the path at fault, a word of the reason
BAD: list[tuple[Any, str, str]] = [
    ([], "", "objet"),
    ({}, "headline", "manque"),
    ({"headline": "  "}, "headline", "manque"),
    ({"headline": None}, "headline", "manque"),
    ({"headline": 3}, "headline", "texte"),
    ({"headline": "T", "id": "a b"}, "id", "espace"),
    ({"headline": "T", "id": True}, "id", "entier"),
    ({"headline": "T", "url": ["x"]}, "url", "texte"),
    ({"headline": "T", "author": [{"nom": "x"}]}, "author[0].name", "manque"),
    ({"headline": "T", "author": ["x", 3]}, "author[1]", "nom"),
    ({"headline": "T", "articleSection": ["IA", None]}, "articleSection[1]", "texte"),
    ({"headline": "T", "datePublished": "hier"}, "datePublished", "hier"),
    ({"headline": "T", "datePublished": "2024-02-30"}, "datePublished", "2024-02-30"),
    ({"headline": "T", "datePublished": 1733126880}, "datePublished", "date"),
    ({"headline": "T", "datePrecision": "hour"}, "datePrecision", "minute"),
    ({"headline": "T", "timeRequired": "4 min"}, "timeRequired", "PT4M"),
    ({"headline": "T", "commentCount": -1}, "commentCount", "positif"),
    ({"headline": "T", "commentCount": True}, "commentCount", "entier"),
    ({"headline": "T", "commentCount": 1e30}, "commentCount", "9007199254740991"),
    ({"headline": "T", "timeRequired": "PT99999999999999999999M"}, "timeRequired", "PT4M"),
    ({"headline": "T", "otherIds": 3}, "otherIds", "liste"),
    ({"headline": "T", "otherIds": ["a", 3]}, "otherIds[1]", "texte"),
    ({"headline": "T", "sections": {}}, "sections", "liste"),
    ({"headline": "T", "sections": ["x"]}, "sections[0]", "objet"),
    ({"headline": "T", "sections": [{"text": 3}]}, "sections[0].text", "texte"),
    (
        {"headline": "T", "sections": [{}, {"text": "a", "embeds": [{"kind": "tweet"}]}]},
        "sections[1].embeds[0].start",
        "manque",
    ),
    (
        {
            "headline": "T",
            "sections": [{"text": "a", "embeds": [{"kind": "x", "start": 0, "end": 2}]}],
        },
        "sections[0].embeds[0]",
        "sort",
    ),
    ({"headline": "T", "comments": [{}, {"text": []}]}, "comments[1].text", "texte"),
    ({"headline": "T", "comments": [{"edited": 1}]}, "comments[0].edited", "true"),
    (
        {"headline": "T", "comments": [{"citation": [{"author": "x"}]}]},
        "comments[0].citation[0].text",
        "manque",
    ),
    (
        {"headline": "T", "comments": [{"citation": {"text": "x", "lien": "y"}}]},
        "comments[0].citation[0].lien",
        "inconnu",
    ),
    (
        {"headline": "T", "id": "a", "comments": [{"id": 1}, {"id": "a#comment-1"}]},
        "comments[1].id",
        "comments[0]",
    ),
]


@pytest.mark.parametrize(("value", "path", "word"), BAD, ids=[row[1] or "-" for row in BAD])
def test_what_is_wrong_is_said_with_its_path(value: Any, path: str, word: str) -> None:
    with pytest.raises(Invalid) as caught:
        read_article(value)
    assert caught.value.path == path
    assert word in caught.value.reason


TIMES = ["2024-12-02T09:08:00+01:00", "2024-12-02", "2024-12", "2024-12-02 09:08", "x", "20241202"]
ANY: st.SearchStrategy[Any] = st.sampled_from(
    [None, 3, 3.0, 3.5, -1, True, "", " ", "x", "a b", [], ["x"], [3], {}]
)
MEMBERS: dict[str, st.SearchStrategy[Any]] = {
    **dict.fromkeys(
        ("datePublished", "dateModified", "capturedAt", "dateEarliest", "dateLatest"),
        st.sampled_from(TIMES),
    ),
    "author": st.sampled_from([{"name": "x"}, {"name": None}, {"name": 3}, [{"name": "x"}, "y"]]),
    "publisher": st.sampled_from([{"name": "x", "url": "y"}, {}]),
    "timeRequired": st.sampled_from(["PT4M", "P1DT2H", "PT", "P", "P1", "4M", "PT1H10M5S"]),
    "datePrecision": st.sampled_from(["day", "hour"]),
    "status": st.sampled_from(["approved", "spam", "1"]),
    "kind": st.sampled_from(["comment", "pingback", "like"]),
    "edited": st.sampled_from([True, False, 0]),
    "embeds": st.sampled_from(
        [[{"kind": "tweet", "start": 0, "end": 0}], [{"kind": "x", "start": 0}], [{}], [3]]
    ),
    "citation": st.sampled_from(
        [[{"text": "x"}], {"text": "x", "ref": 3}, [{"author": "x"}], ["x", 3], [{"text": 3}]]
    ),
    "headline": st.just("Titre"),
}


def objects(names: list[str]) -> st.SearchStrategy[dict[str, Any]]:
    optional = {name: MEMBERS.get(name, ANY) | ANY for name in names}
    return st.fixed_dictionaries({}, optional=optional | {"inconnu": ANY})


@given(
    objects([name for name in ARTICLE if name != "id"]),
    st.lists(objects(list(SECTION)), max_size=2) | ANY,
    # ids apart: that two differ is not for a schema to say
    st.lists(objects([name for name in COMMENT if name != "id"]), max_size=2) | ANY,
    st.booleans(),
)
def test_the_schema_and_the_checks_agree(
    value: dict[str, Any], sections: Any, comments: Any, titled: bool
) -> None:
    value = value | {"sections": sections, "comments": comments}
    if titled:
        value["headline"] = "Titre"
    try:
        read_article(value)
        accepted = True
    except Invalid:
        accepted = False
    assert VALIDATOR.is_valid(value) is accepted


@given(st.fixed_dictionaries({"headline": st.just("T"), "id": ANY | st.text(max_size=3)}))
def test_they_agree_on_ids(value: dict[str, Any]) -> None:
    try:
        read_article(value)
        accepted = True
    except Invalid:
        accepted = False
    assert VALIDATOR.is_valid(value) is accepted


def test_one_member_at_a_time_they_agree() -> None:
    values: list[Any] = [None, 3, 3.0, -1, True, "", "x", "a b", [], ["x"], [3], {}, {"name": "x"}]
    values += [2**53 - 1, 2**53, 1e30, "PT999999999M", "PT1000000000M"]
    values += [*TIMES, "PT4M", "day", "approved", "comment", [{"text": "x"}], [None], "x" * 513]
    for rules, wrap in (
        (ARTICLE | OWN, lambda member: {"headline": "T"} | member),
        (SECTION, lambda member: {"headline": "T", "sections": [member]}),
        (COMMENT, lambda member: {"headline": "T", "comments": [member]}),
    ):
        for name in rules:
            for value in values:
                wrapped = wrap({name: value})
                try:
                    read_article(wrapped)
                    accepted = True
                except Invalid:
                    accepted = False
                assert VALIDATOR.is_valid(wrapped) is accepted, wrapped


def test_the_schema_names_every_member_and_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    definitions = SCHEMA["$defs"]
    assert set(SCHEMA["properties"]) == {*ARTICLE, *OWN, "sections", "comments"}
    assert set(definitions["section"]["properties"]) == set(SECTION)
    assert set(definitions["comment"]["properties"]) == set(COMMENT)


def test_the_documentation_names_every_member_and_its_example_is_right() -> None:
    for name in (*ARTICLE, *SECTION, *COMMENT, "sections", "comments"):
        assert f"| `{name}` |" in PAGE
    example = json.loads(PAGE.split("```json\n")[1].split("```")[0])
    VALIDATOR.validate(example)
    article, remarks = read_article(example)
    assert remarks == []
    assert VALIDATOR.is_valid(article_json(article))
    assert set(example) <= set(article_json(article))


# an article as others may give it, what it becomes
LENIENT: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({"author": "Camille"}, {"author": ("Camille",)}),
    ({"author": {"@type": "Person", "name": "Camille"}}, {"author": ("Camille",)}),
    ({"author": ["Camille", {"name": "Idriss"}, ""]}, {"author": ("Camille", "Idriss")}),
    ({"author": None}, {"author": ()}),
    ({"articleSection": "IA"}, {"article_section": ("IA",)}),
    ({"articleSection": ["IA", ""]}, {"article_section": ("IA",)}),
    ({"keywords": "vie privée, RGPD,"}, {"keywords": ("vie privée", "RGPD")}),
    ({"publisher": {"name": "Next"}}, {"publisher": "Next"}),
    ({"description": " "}, {"description": None}),
    ({"id": 17}, {"id": "17"}),
    ({"commentCount": 0.0}, {"comment_count": 0}),
    ({"datePublished": "2024-12-02 09:08"}, {"date_published": "2024-12-02T09:08:00+01:00"}),
    ({"datePublished": "2024-12"}, {"date_published": "2024-12"}),
    ({"@type": "NewsArticle"}, {"extra": {"@type": "NewsArticle"}}),
]


@pytest.mark.parametrize(("value", "expected"), LENIENT)
def test_forms_that_are_accepted(value: dict[str, Any], expected: dict[str, Any]) -> None:
    article, _ = read_article({"headline": "T", **value})
    for name, form in expected.items():
        assert getattr(article, name) == form


def test_unknown_members_are_kept_up_to_a_depth() -> None:
    deep: Any = 1
    for _ in range(99):
        deep = [deep]
    article, _ = read_article({"headline": "T", "x": {"y": deep}})
    assert article_json(article)["x"] == {"y": deep}
    with pytest.raises(Invalid, match="les uns dans les autres"):
        read_article({"headline": "T", "x": {"y": [deep]}})


def test_an_article_body_is_a_section() -> None:
    article, _ = read_article({"headline": "T", "articleBody": "Un.\nDeux."})
    assert [section.text for section in article.sections] == ["Un.\nDeux."]
    assert article.extra == {}


def test_comments_get_full_ids_and_parents() -> None:
    value = {
        "id": "a",
        "headline": "T",
        "comments": [
            {"id": 101, "parent_id": 0, "text": "Un."},
            {"id": "a#comment-102", "parent_id": "101", "author": {"name": "x"}},
            {"text": "Sans nom.", "author": "x", "datePublished": "2024-12-02T09:08:00Z"},
        ],
    }
    one, two, three = read_article(value)[0].comments
    assert (one.id, one.parent_id) == ("a#comment-101", None)
    assert (two.id, two.parent_id, two.author) == ("a#comment-102", "a#comment-101", "x")
    value["comments"].reverse()  # type: ignore[attr-defined]
    assert read_article(value)[0].comments[0].id == three.id


@pytest.mark.parametrize(
    ("members", "kind"),
    [
        ({"commentCount": 3}, "comment_count"),
        ({"datePublished": "2024-12-02T09:08:00"}, "zone"),
        ({"comments": [{"dateModified": "2024-12-02T09:08"}]}, "zone"),
        ({"comments": [{"id": 1, "parent_id": 9}]}, "orphan"),
        ({"comments": [{"id": 1, "parent_id": 2}, {"id": 2, "parent_id": 1}]}, "circle"),
        ({"comments": [{"author_email": "x@y.example"}]}, "private"),
        ({"body": "La digue."}, "unsearched"),
        ({"chapitre": "mot " * 30}, "unsearched"),
        ({"comment": [{"author": "x", "text": "Bravo"}]}, "unsearched"),
    ],
)
def test_remarks(members: dict[str, Any], kind: str) -> None:
    article, remarks = read_article({"headline": "T", **members})
    assert [remark.kind for remark in remarks] == [kind]
    assert "x@y.example" not in str(article_json(article))


@pytest.mark.parametrize(
    "members",
    [
        {"articleBody": "La digue."},
        {"sections": [{"text": "La digue."}], "body": "La digue."},
        {"lieu": "Brest", "relatedLink": [{"author": "x", "url": "https://a.example"}]},
        {"comments": [{"text": "Bravo"}], "comment": [{"author": "x", "text": "Bravo"}]},
    ],
)
def test_what_is_searched_or_is_no_text_gets_no_remark(members: dict[str, Any]) -> None:
    assert read_article({"headline": "T", **members})[1] == []


@pytest.mark.parametrize(
    ("text", "titles", "reasons"),
    [
        ('[{"headline": "Un"}, {"headline": "D]e,{ux\\""}]', ["Un", 'D]e,{ux"'], []),
        ('[{"headline": "Un"}, [3], {"headline": "Deux"}]', ["Un", "Deux"], ["[1]"]),
        ('[{"headline": "Un"}, rien, {"headline": "Deux"}]', ["Un"], ["[1] : JSON mal formé"]),
        ('[{"headline": "Un"}, {"headline": "De', ["Un"], ["JSON tronqué"]),
        ('[{"headline": "Un"}] suite', ["Un"], ["JSON mal formé"]),
        ('[{"headline": "Un"},]', ["Un"], ["JSON mal formé"]),
        ("[ ]", [], []),
    ],
)
def test_a_long_list_is_read_piece_by_piece(
    text: str,
    titles: list[str],
    reasons: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(jsonl, "_WHOLE", 1)
    path = tmp_path / "a.json"
    path.write_text(text)
    file = CapturedFile(path, "a.json", Capture(date(2024, 12, 4)))
    outcomes = list(jsonl.JsonFormat().read(file))
    assert [outcome.headline for outcome in outcomes if isinstance(outcome, Article)] == titles
    reasons_found = [outcome.reason for outcome in outcomes if isinstance(outcome, Skipped)]
    assert len(reasons_found) == len(reasons)
    assert all(reason in one for reason, one in zip(reasons, reasons_found, strict=True)), (
        reasons_found
    )
