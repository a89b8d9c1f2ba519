"""What is read in the text of Movable Type, TypePad and their like?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from glose import main
from indexer.article.publication import Publication
from indexer.files import ReadingOptions
from indexer.movable_type import MovableTypeFormat
from indexer.movable_type.entries import Entry, entries
from indexer.movable_type.texts import body
from indexer.pipeline.sources import formats, open_file, read
from indexer.reporting.report import Skipped
from tests.indexer.outcomes import articles, remarks
from tests.indexer.samples import EXPORTS
from tests.shared import SHARED

EXPORT = EXPORTS / "movable-type.txt"
CASES = SHARED / "cases"


def entry(path: Path, *fields: str, body: str = "Un texte.", after: str = "") -> Path:
    text = "\n".join(("TITLE: Titre", "BASENAME: titre", *fields))
    path.write_text(f"{text}\n-----\nBODY:\n{body}\n-----\n{after}--------\n")
    return path


def test_an_entry() -> None:
    article = articles(read([EXPORT]))[0]
    assert article.headline == "La brume"
    assert article.url == "https://lande.example/2008/05/la_brume.html"
    assert article.date_published == "2008-05-23T00:05:00+02:00"  # 12:05 AM
    assert article.article_section == ("Mer", "Ciel")
    assert article.keywords == ("brume", "vent, marée", "lande", "corne de brume")
    assert (article.author, article.description) == (("Soizic Le Goff",), "Un {chapô}.")
    assert [(section.headline, section.text) for section in article.sections] == [
        (
            None,
            "Elle vient de loin.\nOn l'entend.\nun phare\nune corne\nUne ligne :\n-----\n"
            "Elle n'est la fin de rien.\n--------\nCelle-ci non plus.",
        ),
        ("Le soir", "NB : la suite."),
    ]


def test_its_comments_have_neither_names_nor_parents() -> None:
    article = articles(read([EXPORT]))[0]
    assert [(c.author, c.parent_id, c.date_published, c.text) for c in article.comments] == [
        ("Yann", None, "2008-05-23T08:12:00+02:00", "NB: je l'ai vue.\nDeux fois."),
        (None, None, "2008-05-23T21:12:00+02:00", "Moi aussi."),
    ]


def test_markdown() -> None:
    article = articles(read([EXPORT]))[1]
    assert [(section.headline, section.text) for section in article.sections] == [
        (None, "Du gras."),
        ("Suite", "Fin."),
    ]


def test_what_is_left_aside_is_counted() -> None:
    messages = remarks(read([EXPORT]))
    assert "Draft : 1" in messages["unpublished_articles"]
    assert messages["unpublished"].startswith("1 ")
    assert messages["under_unpublished"].startswith("1 ")
    assert messages["pings"].startswith("1 ")
    assert "CF50_PHOTOGRAPHE" in messages["parts"]


@pytest.mark.parametrize(
    ("state", "public"),
    # lib/MT/Entry.pm of Movable Type 8: the texts of its states; TypePad writes the same
    [
        *(("Publish", True), ("publish", True), ("Draft", False), ("Review", False)),
        *(("Future", False), ("Junk", False), ("Unpublish", False), ("", False)),
    ],
)
def test_states(state: str, public: bool, tmp_path: Path) -> None:
    path = entry(tmp_path / "mt.txt", f"STATUS: {state}", "DATE: 01/31/2024 10:00:00 AM")
    assert len(articles(read([path]))) == public


def test_an_entry_without_a_state_is_published(tmp_path: Path) -> None:
    """STATUS is optional in the import format, whose importer then publishes."""
    assert len(articles(read([entry(tmp_path / "mt.txt")]))) == 1


def test_a_state_that_is_asked_for(tmp_path: Path) -> None:
    path = entry(tmp_path / "mt.txt", "STATUS: Review")
    assert (
        len(
            articles(
                read([path], forced=MovableTypeFormat(ReadingOptions(Publication(["review"]))))
            )
        )
        == 1
    )


@pytest.mark.parametrize(
    ("date", "zone", "month_first", "read_as"),
    [
        ("01/31/2024 03:31:05 PM", None, None, "2024-01-31T15:31:05+01:00"),
        ("01/31/2024 15:31:05", UTC, None, "2024-01-31T15:31:05Z"),
        ("02/03/2024 12:00:00 PM", UTC, None, "2024-02-03T12:00:00Z"),
        ("31/01/2024 15:31", None, None, "2024-01-31T15:31:00+01:00"),
        ("02/03/2024 10:00:00", UTC, False, "2024-03-02T10:00:00Z"),
        ("02/03/2024 10:00:00", UTC, True, "2024-02-03T10:00:00Z"),
        ("2024-01-31 15:31:05", UTC, None, "2024-01-31T15:31:05Z"),
        ("31/01/2024 15:31:05", UTC, True, None),
        ("", UTC, None, None),
    ],
)
def test_dates(
    date: str, zone: object, month_first: bool | None, read_as: str | None, tmp_path: Path
) -> None:
    path = entry(tmp_path / "mt.txt", f"DATE: {date}")
    options = ReadingOptions(zone=zone, month_first=month_first)  # type: ignore[arg-type]
    [article] = articles(read([path], among=formats(options)))
    assert article.date_published == read_as


@pytest.mark.parametrize(
    ("dates", "doubt"),
    [
        (["01/31/2024", "02/03/2024"], ""),
        (["31/01/2024", "02/03/2024"], "jour d'abord"),
        (["01/02/2024", "02/03/2024"], "mois d'abord, comme"),
        (["31/01/2024", "01/31/2024"], ""),
    ],
)
def test_the_order_of_days_is_that_of_the_whole_file(
    dates: list[str], doubt: str, tmp_path: Path
) -> None:
    path = tmp_path / "mt.txt"
    messages = [
        f"TITLE: T{n}\nDATE: {day} 10:00:00\n-----\nBODY:\nx\n-----\n--------\n"
        for n, day in enumerate(dates)
    ]
    path.write_text("".join(messages))
    assert doubt in remarks(read([path])).get("day_order", "")
    assert bool(doubt) == ("day_order" in remarks(read([path])))


def test_the_order_is_told_at_the_command_line(tmp_path: Path) -> None:
    path = entry(tmp_path / "mt.txt", "DATE: 02/03/2024 10:00:00")
    for order, day in (("jour-mois", "2024-03-02"), ("mois-jour", "2024-02-03")):
        arguments = ["check", str(path), "--day-order", order, "--timezone", "UTC"]
        result = CliRunner().invoke(main, arguments)
        assert "movable-type" in result.output
        assert day in result.output, result.output


@pytest.mark.parametrize("name", ["export.md", "export.txt", "export.csv", "export"])
def test_the_content_decides_and_not_the_name(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(EXPORT.read_bytes())
    file = open_file(path)
    assert isinstance(file, tuple)
    assert file[1].name == "movable-type"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_ends_of_lines_and_encodings(end: str, encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "export.txt"
    path.write_bytes(EXPORT.read_text(encoding="utf-8").replace("\n", end).encode(encoding))
    articles_read = articles(read([EXPORT]))
    assert [
        (article.id, article.sections, article.comments) for article in articles(read([path]))
    ] == [(article.id, article.sections, article.comments) for article in articles_read]


def test_a_basename_names_an_entry_whatever_its_title(tmp_path: Path) -> None:
    path = entry(tmp_path / "mt.txt", "DATE: 02/13/2024 10:00:00")
    [before] = articles(read([path]))
    path.write_text(path.read_text().replace("TITLE: Titre", "TITLE: Autre"))
    [after] = articles(read([path]))
    assert before.id == after.id == "mt:02-13-2024:titre"


def test_comments_for_an_entry_that_is_elsewhere(tmp_path: Path) -> None:
    after = "COMMENT:\nAUTHOR: Yann\nDATE: 01/31/2024 10:00:00\nOui.\n-----\n"
    path = entry(tmp_path / "mt.txt", "NO ENTRY: 1", body="", after=after)
    [article] = articles(read([path]))
    assert article.extra == {"completeness": "partial"}
    assert [comment.text for comment in article.comments] == ["Oui."]


def test_nothing_private_leaves_the_file() -> None:
    text = " ".join(map(str, read([EXPORT])))
    for private in ("courrier.example", "192.0.2", "identite", "irabelle", "apaye", "igue"):
        assert private not in text


def test_an_entry_that_is_too_long_is_left_aside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("indexer.movable_type.entries._LARGEST", 200)
    path = entry(tmp_path / "mt.txt", body="mot " * 100)
    path.write_text(path.read_text() + "TITLE: Court\n-----\nBODY:\nx\n-----\n--------\n")
    outcomes = list(read([path]))
    assert [outcome.line for outcome in outcomes if isinstance(outcome, Skipped)] == [1]
    assert [article.headline for article in articles(outcomes)] == ["Court"]


def test_an_entry_is_held_at_a_time() -> None:
    """The first of a thousand is given as soon as the second begins."""
    entry = ["TITLE: x", "-----", "BODY:", "mot", "-----", "--------"]
    line_numbers = []

    def lines() -> Iterator[str]:
        for line in entry * 1000:
            line_numbers.append(line)
            yield line

    entries_found = entries(lines())
    assert next(entries_found).part("BODY") == "mot"
    assert len(line_numbers) == len(entry) + 1
    assert sum(1 for _ in entries_found) == 999


LINES = ["-----", "--------", "", "BODY:", "COMMENT:", "TITLE: x", "EMAIL: e", "NB: mot", "mot"]


@given(st.lists(st.sampled_from(LINES), max_size=40))
def test_entries_lose_no_line_of_a_text(lines: list[str]) -> None:
    text = [f"{line} {n}" if line == "mot" else line for n, line in enumerate(lines)]
    entries_found: list[Entry] = list(entries(iter(["TITLE: premier", "-----", "BODY:", *text])))
    lines_kept = [line for entry in entries_found for part in entry.parts for line in part.lines]
    until = text.index("TITLE: x") if "TITLE: x" in text else len(text)
    expected = [line for line in text[:until] if line.startswith("mot ")]
    assert [line for line in lines_kept if line.startswith("mot ")][: len(expected)] == expected


@pytest.mark.skipif(not CASES.exists(), reason="the shared samples are not here")
def test_the_shared_samples() -> None:
    [article] = articles(read([CASES / "exports" / "mt-export.txt"]))
    assert [comment.author for comment in article.comments] == ["Erwan", "Solène"]
    assert article.date_published == "2024-02-12T21:08:00+01:00"
    [short] = articles(read([CASES / "pages" / "mt.txt"]))
    assert (short.headline, len(short.comments)) == ("Essai de titre", 1)


TEXTILE = """h2. La cale

Le *bac* a _repris_[1], dit "l'arrêté":https://a.example/arrete.
* un
* deux

bq(note). Une citation.

fn1. Une note."""


def test_textile_is_read_as_the_page_shows_it() -> None:
    (section,) = body(TEXTILE, "textile_2")
    assert section.headline == "La cale"
    assert section.text == ("Le bac a repris, dit l'arrêté.\nun\ndeux\nUne citation.\nUne note.")


@pytest.mark.parametrize(
    "line", ["2*3*4 et nom_de_fichier", "a-t-il dit - non - oui", "* * *", '"']
)
def test_signs_that_are_no_textile_stay(line: str) -> None:
    assert [section.text for section in body(line, "textile_1")] == [line]


@pytest.mark.parametrize("cut", ["PING:\nTITLE: Un lien\nURL: https:", "COMMENT:\nAUTHOR: Zoé", ""])
def test_a_file_that_was_cut_says_so(cut: str, tmp_path: Path) -> None:
    path = entry(tmp_path / "notes.txt", "STATUS: Publish")
    whole = path.read_text().removesuffix("--------\n")
    path.write_text(f"{whole}{cut}")
    outcomes = list(read([path]))
    assert [article.headline for article in articles(outcomes)] == ["Titre"]
    reasons = [outcome.reason for outcome in outcomes if isinstance(outcome, Skipped)]
    assert [reason.partition(" :")[0] for reason in reasons] == ["fichier tronqué"] * bool(cut)
