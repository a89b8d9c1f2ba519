"""Somebody who is forgotten is nowhere, does not come back, and others are left alone."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest
from whoosh.query import Term

from index import engines
from index.engines import Engine, IndexUnavailable, disk
from index.keeping.forgetting import Receipt, forget
from index.keeping.rewriting import everything, rewrite
from index.keeping.tracing import Tracing
from index.record import About, Quote, Record
from index.writing import forgotten, runs
from index.writing.forgotten import Forgotten
from index.writing.writing import write

NAME = "Zébulon_33"
LONG = "Je pense que cette histoire de cétoines nous dépasse tous, et de loin."


def comment(number: int, text: str, author: str = "Bob", **fields: object) -> Record:
    record = Record(
        id=f"a#comment-{number}",
        kind="comment",
        about=About("a", "Sora", comments=5),
        position=number,
        author=author,
        text=text,
    )
    return replace(record, **fields)  # type: ignore[arg-type]


def thread() -> list[Record]:
    about = About("a", "Sora", comments=5)
    return [
        Record(id="a#lead", kind="lead", about=about, position=0, text="Le chapô."),
        comment(1, LONG, NAME),
        comment(2, f"@zebulon_33 : oui. Et {NAME} le sait, pas {NAME}4.", parent="a#comment-1"),
        comment(
            3,
            f"Voir :\n« {LONG} »\nBien dit.",
            quotes=(Quote("cétoines", NAME), Quote("histoire de cétoines nous dépasse")),
        ),
        comment(4, "Rien à voir, bob@zebulon_33.fr", extra={"shown": f"réponse à {NAME}"}),
        comment(5, "moi aussi", "ZEBULON_33"),
    ]


def elsewhere() -> list[Record]:
    about = About("b", f"Qui est {NAME} ?", comments=2)
    return [
        Record(id="b#lead", kind="lead", about=about, position=0, text=""),
        Record(
            id="b#comment-1",
            kind="comment",
            about=about,
            position=1,
            author="Alice",
            text=f"Merci @{NAME}, et {NAME} sans arobase.",
        ),
        Record(
            id="b#comment-2",
            kind="comment",
            about=about,
            position=2,
            author="Alice",
            text="Sans rapport.",
        ),
    ]


@pytest.fixture(params=["{}/tantivy.index", "whoosh:{}/whoosh.index"])
def location(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return str(request.param).format(tmp_path)


@pytest.fixture
def engine(location: str) -> Engine:
    opened_engine = engines.open(location, create=True)
    write(opened_engine, [thread()], seen=10)
    return opened_engine


def stored(engine: Engine) -> dict[str, Record]:
    return {record.id: record for record in everything(engine.reader())}


def forgetting(engine: Engine, name: str = "zebulon_33", *, dry_run: bool = False) -> Receipt:
    return forget(engine, name, at="2025-01-02T03:04:05+00:00", dry_run=dry_run)


def test_every_comment_mention_name_and_copy_goes(engine: Engine) -> None:
    receipt = forgetting(engine)
    records = stored(engine)
    assert sorted(records) == ["a#comment-2", "a#comment-3", "a#comment-4", "a#lead"]
    assert records["a#comment-2"].text == f"@[…] : oui. Et […] le sait, pas {NAME}4."
    assert records["a#comment-2"].parent == "a#comment-1"
    assert records["a#comment-3"].text == "Voir :\n« […]. »\nBien dit."
    assert records["a#comment-3"].quotes == (Quote("[…]"), Quote("[…]"))
    assert records["a#comment-4"].extra == {"shown": "réponse à […]"}
    assert records["a#comment-4"].text == "Rien à voir, bob@zebulon_33.fr"
    assert {trace.about.comments for trace in records.values()} == {3}
    assert receipt.comments == ("a#comment-1", "a#comment-5")
    assert receipt.articles == ("a",)
    count = receipt.replaced
    assert (count.comments, count.mentions, count.names) == (2, 1, 2)
    assert (count.quotes, count.copies) == (1, 2)


def test_the_receipt_proves_it_and_does_not_name_them(engine: Engine, location: str) -> None:
    receipt = forgetting(engine)
    assert receipt.traces == ()
    # the address is somebody else's, for a person to judge
    assert [trace.where for trace in receipt.left] == ["a#comment-4"]
    assert min(receipt.files_read, receipt.bytes_read, receipt.records_read, receipt.terms_read) > 0
    assert "bulon" not in str(receipt.as_json()).casefold()
    path = engines.place(location)[1]
    assert path is not None
    for file in path.rglob("*"):
        if file.is_file():
            assert b"cetoines" not in file.read_bytes(), file


def test_no_question_nor_list_finds_them(engine: Engine) -> None:
    forgetting(engine)
    reader = engine.reader()
    assert reader.search(Term("commenter", "zebulon_33"), 9).total == 0
    assert [word for word, _ in reader.words("commenter_shown", "")] == ["Bob"]
    for field in ("text", "quoted", "stem", "variants"):
        assert reader.words(field, "cetoine") == []


def test_an_import_does_not_bring_them_back(engine: Engine) -> None:
    forgetting(engine)
    before = stored(engine)
    report = write(engine, [thread()], seen=20)
    assert (report.added, report.updated, report.removed) == (0, 0, 0)
    assert stored(engine) == before
    # nor what they write from now on, under any spelling
    records = [*thread(), comment(6, "C'est encore moi", "zébulon_33")]
    write(engine, [records], seen=30)
    assert "a#comment-6" not in stored(engine)


def test_a_name_elsewhere_is_told_and_left_but_for_mentions(engine: Engine) -> None:
    write(engine, [elsewhere()], seen=10)
    receipt = forgetting(engine)
    assert stored(engine)["b#comment-1"].text == f"Merci @[…], et {NAME} sans arobase."
    assert stored(engine)["b#comment-2"].text == "Sans rapport."
    assert receipt.traces == ()
    where = {trace.where for trace in receipt.left}
    assert {"b#lead", "b#comment-1"} <= where


def test_a_dry_run_says_as_much_and_changes_nothing(engine: Engine) -> None:
    before, generation = stored(engine), engine.reader().generation
    would = forgetting(engine, dry_run=True)
    assert stored(engine) == before
    assert engine.reader().generation == generation
    assert write(engine, [thread()], seen=20).unchanged == 6
    report = forgetting(engine)
    assert (would.replaced, would.comments, would.articles) == (
        report.replaced,
        report.comments,
        report.articles,
    )


def test_done_twice_it_changes_nothing_more(engine: Engine) -> None:
    first = forgetting(engine)
    before = stored(engine)
    second = forgetting(engine)
    assert stored(engine) == before
    assert second.tombstone == first.tombstone
    assert second.replaced.comments == 0


def test_a_rebuild_keeps_them_out(engine: Engine) -> None:
    forgetting(engine)
    before = stored(engine)
    rewrite(engine)
    assert stored(engine) == before


def test_tombstones_say_no_name_and_are_private(engine: Engine, location: str) -> None:
    forgetting(engine)
    path = engines.place(location)[1]
    assert path is not None
    file = path / forgotten.NAME
    assert file.stat().st_mode & 0o077 == 0
    assert b"bulon" not in file.read_bytes()
    assert forgotten.load(path).knows("ZÉBULON_33")


def test_the_tracing_would_see_what_was_left(engine: Engine, location: str) -> None:
    """A check that cannot fail proves nothing: each of the three readings is shown a trace."""
    path = engines.place(location)[1]
    assert path is not None
    (path / "stray").write_bytes(b"\0" + LONG.encode() + b"\0")
    names = Forgotten().adding([NAME], runs(LONG))
    looking = Tracing(["zebulon_33", NAME], [LONG], ["a"], names.finders_of(NAME))
    (path / "data-7").mkdir()
    looking.read(engine.reader(), ["cetoines"])
    looking.files_of(path, path / "data-1")
    kinds = {(trace.kind, trace.where) for trace in looking.traces}
    assert ("term", "commenter") in kinds
    assert ("term", "text") in kinds
    assert ("record", "a#comment-1") in kinds
    assert ("record", "a#comment-3") in kinds
    assert ("file", "stray") in kinds
    assert ("file", "data-7") in kinds


def comment_again(number: int, text: str, **fields: object) -> Record:
    return comment(number, text, "Alice", **fields)


COPIES = {
    "behind a few words": f"D’accord avec lui : {LONG}",
    "in capitals": LONG.upper(),
    "without accents": "je pense que cette histoire de cetoines nous depasse tous",
    "in the middle of a line": f"Quand on lit « {LONG[:-1]} », on rit.",
    "over two lines": LONG.replace(" de cétoines", "\nde cétoines"),
    "decomposed": unicodedata.normalize("NFD", LONG),
}


@pytest.mark.parametrize("name", COPIES)
def test_a_copy_in_a_longer_text_goes_whatever_the_run(name: str, engine: Engine) -> None:
    forgetting(engine)
    # it comes after they were forgotten, in their thread and under another article
    later_comments = [
        replace(comment_again(7, COPIES[name]), id="c#comment-7", about=About("c", "Autre"))
    ]
    write(engine, [[*thread(), comment_again(6, COPIES[name])], later_comments], seen=20)
    texts = [record.text for record in stored(engine).values() if record.author == "Alice"]
    assert len(texts) == 2
    assert all("[…]" in text and "toines" not in text for text in texts), texts
    assert forgetting(engine).traces == ()


def test_a_later_run_finds_what_an_earlier_one_knew(engine: Engine, location: str) -> None:
    forgetting(engine)
    path = engines.place(location)[1]
    assert path is not None
    # somebody writes it into the index behind our back: tombstones are put away meanwhile
    tombstones = (path / forgotten.NAME).read_bytes()
    (path / forgotten.NAME).unlink()
    write(engine, [[comment_again(9, f"Bien dit : {LONG}")]], seen=20)
    (path / forgotten.NAME).write_bytes(tombstones)
    names = forgotten.load(path)
    looking = Tracing([NAME], [], [], names.finders_of(NAME))
    looking.read(engine.reader(), [])
    looking.files_of(path, path / "data-2")
    assert ("record", "a#comment-9") in {(trace.kind, trace.where) for trace in looking.traces}
    # and the command takes it out, its own comments long gone
    receipt = forgetting(engine)
    assert (receipt.replaced.comments, receipt.replaced.copies, receipt.traces) == (0, 1, ())
    assert stored(engine)["a#comment-9"].text == "Bien dit : […]."


def test_an_article_that_quotes_them_is_for_a_person_to_judge(engine: Engine) -> None:
    section = Record(
        id="b#section-1", kind="section", about=About("b", "Courrier"), position=1, text=LONG
    )
    write(engine, [[section]], seen=10)
    receipt = forgetting(engine)
    assert receipt.traces == ()
    assert ("b#section-1", "un passage de leurs commentaires (text)") in {
        (trace.where, trace.what) for trace in receipt.left
    }


def test_words_that_they_repeated_stay_with_whoever_said_them_first(engine: Engine) -> None:
    sentence = "La digue du port ne tiendra pas un hiver de plus, dit la mairie."
    about = About("d", "Digue", comments=3)
    article = [
        Record(id="d#lead", kind="lead", about=about, position=0, text=sentence),
        replace(comment_again(1, "Alice l’avait écrit bien avant que quiconque s’en soucie ici."),
                id="d#comment-1", about=about),
        replace(comment(2, f"{sentence} Alice l’avait écrit bien avant que quiconque s’en soucie.",
                        NAME), id="d#comment-2", about=about),
        replace(comment_again(3, f"Oui : {sentence}"), id="d#comment-3", about=about, position=3),
    ]  # fmt: skip
    write(engine, [article], seen=10)
    assert forgetting(engine).traces == ()
    records = stored(engine)
    assert "d#comment-2" not in records
    assert records["d#comment-1"].text.startswith("Alice l’avait écrit")
    assert records["d#comment-3"].text == f"Oui : {sentence}"


@pytest.mark.parametrize(("name", "other_name"), [("Søren", "Soren"), ("Łukasz", "Lukasz")])
def test_who_is_asked_for_in_the_same_way_keeps_their_words(
    engine: Engine, name: str, other_name: str
) -> None:
    """`commenter:soren` finds both; only one is forgotten, and only their words are theirs."""
    reply = "Cette digue ne tiendra pas un hiver de plus, croyez-moi."
    write(engine, [[comment(1, LONG, name), comment(2, reply, other_name)]], seen=20)
    receipt = forgetting(engine, name)
    assert receipt.comments == ("a#comment-1",)
    assert stored(engine)["a#comment-2"].text == reply


def test_a_receipt_says_when_their_words_are_not_known(engine: Engine, location: str) -> None:
    assert forgetting(engine).words_known
    path = engines.place(location)[1]
    assert path is not None
    names = forgotten.load(path)
    # as an index kept them before words were
    rings = tuple(replace(ring, phrases={}) for ring in names.rings)
    forgotten.save(path, Forgotten(rings))
    assert not forgetting(engine).words_known


def test_a_receipt_says_that_a_name_was_forgotten_before(engine: Engine) -> None:
    """As after a run that was cut when all was done, and whose receipt was not written."""
    receipts = [forgetting(engine) for _ in range(2)]
    assert [receipt.forgotten_before for receipt in receipts] == [False, True]
    assert receipts[0].comments
    assert not receipts[1].comments
    assert not forgetting(engine, "Nobody").forgotten_before


def test_files_that_cannot_be_taken_away_are_told(
    engine: Engine, location: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(disk, "remove", lambda directory: None)
    receipt = forgetting(engine)
    assert ("file", "data-1") in [(trace.kind, trace.where) for trace in receipt.traces]
    assert receipt.as_json()["clean"] is False
    monkeypatch.undo()
    assert forgetting(engine).traces == ()


def test_a_copy_that_a_dead_restoring_left_goes_too(engine: Engine, location: str) -> None:
    path = engines.place(location)[1]
    assert path is not None
    leftover = path.with_name(f".{path.name}.abc{disk.FRESH}")
    leftover.mkdir()
    (leftover / "meta.json").write_text("{}")
    forgetting(engine)
    assert not leftover.exists()


def test_cut_after_the_tombstone_it_is_done_the_next_time(
    engine: Engine, location: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise IndexUnavailable("coupé")

    before = stored(engine)
    monkeypatch.setattr("index.keeping.forgetting.rewrite", fail)
    with pytest.raises(IndexUnavailable):
        forgetting(engine)
    monkeypatch.undo()
    assert stored(engine) == before
    # an import between both brings nothing back, and the work is still done whole
    write(engine, [thread()], seen=20)
    assert forgetting(engine).traces == ()
    assert NAME not in {record.author for record in stored(engine).values()}


@pytest.mark.parametrize(
    ("text", "is_listed"),
    [
        ("@zebulon_33tu exagères", True),
        ("Et @Zébulon_33je suis d’accord", True),
        ("(@ZEBULON_334)", True),
        # the longer name of somebody who commented, and addresses
        ("@zebulon_33bis, non", False),
        ("bob@zebulon_33bus.fr", False),
        ("un zebulon_33eme", False),
    ],
)
def test_a_mention_glued_to_a_word_is_for_a_person_to_judge(
    text: str, is_listed: bool, engine: Engine
) -> None:
    comments = [comment(6, text), comment(7, "Oui.", "Zebulon_33bis")]
    write(engine, [[*thread(), *comments]], seen=20)
    for _ in range(2):
        receipt = forgetting(engine)
        glued = [trace for trace in receipt.left if "collé" in trace.what]
        assert [trace.where for trace in glued] == (["a#comment-6"] if is_listed else [])
    assert stored(engine)["a#comment-6"].text == text
