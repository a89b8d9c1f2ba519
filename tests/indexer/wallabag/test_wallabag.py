"""Does an export of wallabag give the pages that were kept, and never the reader's own notes?

Read in the exporter and in the entity of wallabag 2.6.10, and in the JSON of 1.9: a page's date
of publication is `published_at` alone (`created_at` is when it was kept, and is changed by an
import), the export has the account's e-mail in each entry, and a page that could not be read
has a sentence of wallabag for its text.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from index import engines
from indexer.article import Article
from indexer.canonical import articles as exported
from indexer.doors.commands import COMMANDS
from indexer.files import ReadingOptions
from indexer.pipeline.sources import formats, open_file, read
from indexer.reporting import Remark, Skipped
from tests.indexer.samples import EXPORTS
from tests.shared import SHARED

EXPORT = EXPORTS / "wallabag.json"
TABLE = EXPORTS / "wallabag.csv"
CASES = SHARED / "cases" / "exports"
INDEX = next(command for command in COMMANDS if command.name == "index")


def articles(path: Path, *, annotations: bool = False) -> list[Article]:
    among = formats(ReadingOptions(annotations=annotations))
    return [outcome for outcome in read([path], among=among) if isinstance(outcome, Article)]


def test_a_page_that_was_kept() -> None:
    first, unfetched, empty = articles(EXPORT)
    assert (first.headline, first.url) == ("Le sable avance", "https://gazette.example/sable")
    assert first.same_as == ("https://court.example/s1",)
    assert (first.date_published, first.captured_at) == (
        "2024-07-01T18:00:00+02:00",
        "2026-11-20T09:30:00+01:00",
    )
    assert (first.author, first.keywords) == (("Maëlle Quéré",), ("dunes", "hiver"))
    assert (first.in_language, first.time_required) == ("fr-FR", "PT4M")
    assert [(section.headline, section.text) for section in first.sections] == [
        (None, "Le sable avance d’un mètre."),
        ("La mairie", "Trois maisons évacuées."),
    ]
    assert first.extra == {}
    # its sentence is not the page's
    assert (unfetched.sections, unfetched.extra) == ((), {"completeness": "partial"})
    assert unfetched.date_published is None
    assert (empty.headline, empty.sections) == ("le bac repart", ())


def test_private_notes_are_counted_and_stay_in_the_file() -> None:
    outcomes = list(read([EXPORT]))
    assert "Rambutan" not in repr(outcomes)
    assert "mail.example" not in repr(outcomes)
    messages = {
        outcome.kind: outcome.message for outcome in outcomes if isinstance(outcome, Remark)
    }
    assert messages["private_notes"] == "1 note privée laissée de côté"


def test_private_notes_that_are_asked_for() -> None:
    first, *_ = articles(EXPORT, annotations=True)
    [note] = first.comments
    assert note.id.endswith("#comment-wallabag-9")
    assert note.text == "Rambutan : à vérifier"
    assert [quote.text for quote in note.citation] == ["d’un mètre"]
    assert note.date_published == "2026-11-21T10:00:00+01:00"


def test_notes_go_when_they_are_no_longer_asked_for(tmp_path: Path) -> None:
    where = str(tmp_path / "index")
    notes = []
    for options in (["--annotations"], ["--annotations"], []):
        result = CliRunner().invoke(INDEX, [str(EXPORT), "--index", where, *options])
        assert result.exit_code == 0, result.output
        engine = engines.open(where)
        try:
            notes.append(sum(len(article.comments) for article in exported(engine.reader())))
        finally:
            engine.close()
        if options and len(notes) == 2:
            assert "0 passage ajouté, 0 modifié" in result.output
    assert notes == [1, 1, 0]


def test_the_day_is_all_that_the_table_knows() -> None:
    """06:00 may be in the morning or in the evening."""
    first, second = articles(TABLE)
    assert (first.date_published, first.captured_at) == ("2024-07-01", "2024-07-01")
    assert first.extra == {"dateInferred": "kept"}
    assert first.sections[0].text == "Le sable avance ; d’un mètre."
    assert first.keywords == ("dunes", "hiver")
    assert second.sections[0].text.endswith("; après.")
    assert second.date_published == "2024-07-02"


def test_a_row_that_is_cut_is_left_aside_with_its_line() -> None:
    [skipped] = [outcome for outcome in read([TABLE]) if isinstance(outcome, Skipped)]
    assert (skipped.line, skipped.reason) == (4, "2 cellules au lieu de 7")


URL = "https://a.example/t"
FORMS: list[tuple[str, Any]] = [
    ("v2", [{"title": "T", "url": URL, "content": "<p>A.</p>", "is_archived": 0}]),
    ("one", {"title": "T", "url": URL, "content": "<p>A.</p>", "is_starred": 0}),
    (
        "v1",
        [
            {
                "0": "1", "1": "T", "id": "1", "title": "T", "url": URL,
                "is_read": "0", "is_fav": "1", "content": "<p>A.</p>", "tags": "a,b",
            }
        ],
    ),
    (
        "api",
        {
            "page": 1, "limit": 30, "pages": 1, "total": 1, "_links": {"self": {"href": "x"}},
            "_embedded": {
                "items": [
                    {
                        "title": "T", "url": URL, "content": "<p>A.</p>",
                        "is_archived": 0, "tags": [{"id": 1, "label": "a", "slug": "a"}],
                    }
                ]
            },
        },
    ),
]  # fmt: skip


@pytest.mark.parametrize(("form", "value"), FORMS, ids=[row[0] for row in FORMS])
def test_forms_of_json(form: str, value: Any, tmp_path: Path) -> None:
    path = tmp_path / "export.json"
    path.write_text(json.dumps(value), "utf-8")
    [article] = articles(path)
    assert (article.headline, article.url) == ("T", URL)
    assert article.sections[0].text == "A."
    assert article.keywords == {"v1": ("a", "b"), "api": ("a",)}.get(form, ())


def test_the_formats_are_known_from_their_content(tmp_path: Path) -> None:
    for path, name in ((EXPORT, "wallabag"), (TABLE, "wallabag-csv")):
        copied = tmp_path / name
        copied.write_bytes(path.read_bytes())
        for export_path in (path, copied):
            file = open_file(export_path)
            assert isinstance(file, tuple)
            assert file[1].name == name


@pytest.mark.skipif(not CASES.is_dir(), reason="the shared cases are not on this machine")
def test_the_shared_exports() -> None:
    [article] = articles(CASES / "wallabag.json")
    assert article.date_published == "2024-12-02T21:08:00+01:00"
    assert article.comments == ()
    [article_kept] = articles(CASES / "wallabag.csv")
    assert (article_kept.id, article_kept.date_published) == (article.id, "2024-12-02")


@pytest.mark.parametrize(
    "content", ["wallabag can't retrieve contents for this article.", "", None]
)
def test_a_page_without_its_text_is_said(content: str | None, tmp_path: Path) -> None:
    page = {"title": "Le bac", "url": "https://a.example/bac", "is_fav": "0", "content": content}
    path = tmp_path / "wallabag.json"
    path.write_text(json.dumps([page]))
    outcomes = list(read([path]))
    assert [outcome.headline for outcome in outcomes if isinstance(outcome, Article)] == ["Le bac"]
    assert "no_text" in [outcome.kind for outcome in outcomes if isinstance(outcome, Remark)]


def as_xml(entries: list[dict[str, Any]]) -> str:
    """Entries as JMS Serializer writes them; what a list holds is `<entry>`."""

    def element(name: str, value: Any) -> str:
        if isinstance(value, list):
            inside = "".join(element("entry", item) for item in value)
        elif isinstance(value, dict):
            inside = "".join(element(member, item) for member, item in value.items())
        elif isinstance(value, str):
            inside = f"<![CDATA[{value}]]>"
        else:
            inside = "" if value is None else str(value).lower()
        return f"<{name}>{inside}</{name}>"

    return '<?xml version="1.0" encoding="UTF-8"?>\n' + element("result", entries)


@pytest.mark.parametrize("annotations", [True, False])
def test_its_xml_is_read_as_its_json(annotations: bool, tmp_path: Path) -> None:
    path = tmp_path / "All articles.xml"
    path.write_text(as_xml(json.loads(EXPORT.read_text())))
    assert articles(path, annotations=annotations) == articles(EXPORT, annotations=annotations)
    kinds = [outcome.kind for outcome in read([EXPORT]) if isinstance(outcome, Remark)]
    assert [outcome.kind for outcome in read([path]) if isinstance(outcome, Remark)] == kinds


def test_an_xml_that_is_cut_gives_what_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_text(as_xml(json.loads(EXPORT.read_text()))[:-40])
    outcomes = list(read([path]))
    # the fourth has no title nor address
    assert len([outcome for outcome in outcomes if isinstance(outcome, Article)]) == 3
    assert [outcome for outcome in outcomes if isinstance(outcome, Skipped)]


def test_its_text_says_what_to_export(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(f"\n\n{'=' * 100}\n\nLe sable\n\n{'=' * 100}\n\nIl avance.\n")
    (outcome,) = read([path])
    assert isinstance(outcome, Skipped)
    assert "exportez en JSON" in outcome.reason
