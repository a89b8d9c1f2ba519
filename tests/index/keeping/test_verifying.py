"""What `verify` sees: files, counts, passages, sources."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from whoosh.query import Query, Term

from index import engines, french
from index.engines import Engine, Entry, IndexUnavailable, Shared, disk
from index.engines.directory import sums
from index.keeping import verifying
from index.keeping.rewriting import delete, everything
from index.keeping.verifying import VerifyReport, against, verify
from index.keeping.word_sums import passage_words
from index.record import FIELDS, About, Quote, Record
from index.writing import entries
from index.writing.writing import write


def article(name: str, *comments: str) -> list[Record]:
    about = About(name, "L’été d’Sora", comments=len(comments), authors=("Zoé",))
    return [
        Record(id=f"{name}#lead", kind="lead", about=about, position=0, text="Le chapô, l’été."),
        *(
            Record(
                id=f"{name}#comment-{number}",
                kind="comment",
                about=about,
                position=number,
                author="Zoé",
                text=text,
                quotes=(Quote("mot de passe"),),
            )
            for number, text in enumerate(comments, 1)
        ),
    ]


SOURCE = [article("a", "un red-team", "", "les abonné·e·s de 10h38 " * 100), article("b", "trois")]


class ArticleList(list[list[Record]]):
    """Sources that give these articles, and whose articles are all but those of others."""

    others: frozenset[str] = frozenset()

    def covers(self, lead: Record) -> bool:
        return lead.about.id not in self.others

    def skipped(self) -> list[str]:
        return []


@pytest.fixture(params=["{}/tantivy.index", "whoosh:{}/whoosh.index"])
def location(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return str(request.param).format(tmp_path)


@pytest.fixture
def engine(location: str) -> Engine:
    opened_engine = engines.open(location, create=True)
    write(opened_engine, SOURCE, seen=10)
    return opened_engine


def files(location: str) -> list[Path]:
    path = engines.place(location)[1]
    assert path is not None
    return sorted(path for path in (path / "data-1").iterdir() if path.is_file())


def replace_file(path: Path, content: bytes) -> None:
    """A new file in the place of the old: who mapped that one is not to die of this."""
    replacement = path.with_name(path.name + ".fresh")
    replacement.write_bytes(content)
    replacement.replace(path)


def problems(location: str) -> list[str]:
    """What `glose verify` says is wrong, before or after the index could be opened."""
    try:
        return [problem for _, problem in verify(location).problems]
    except IndexUnavailable as error:
        return [str(error)]


def test_a_sound_index_is_found_sound(engine: Engine, location: str) -> None:
    report = verify(location)
    assert (report.problems, report.notes) == ([], [])
    assert (report.records, report.articles) == (6, 2)
    assert report.files > 0
    against(engine, ArticleList(SOURCE), report)
    assert (report.problems, report.compared) == ([], 6)


def test_a_byte_changed_in_any_file_is_seen(engine: Engine, location: str) -> None:
    for path in files(location):
        content = path.read_bytes()
        if not content or path.name == ".managed.json" or path.suffix == ".lock":
            continue
        for at in {0, len(content) // 2, len(content) - 1}:
            replace_file(path, content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :])
            assert problems(location), (path.name, at)
        replace_file(path, content)
    assert verify(location).problems == []


def test_a_file_cut_short_is_refused_before_it_is_read(engine: Engine, location: str) -> None:
    for path in files(location):
        content = path.read_bytes()
        if len(content) < 2 or path.name in (sums.NAME, ".managed.json"):
            continue
        replace_file(path, content[: len(content) // 2])
        with pytest.raises(IndexUnavailable, match="endommagé"):
            engines.open(location).reader().size()
        with pytest.raises(IndexUnavailable, match="endommagé"):
            engines.open(location).writer()
        replace_file(path, content)


def test_a_file_cut_short_under_a_reader_is_refused_to_the_next(
    engine: Engine, location: str
) -> None:
    """Reading past the end of a mapped file kills the process: it must not come to that."""
    engine.reader()
    for path in files(location):
        if path.name.endswith((".json", ".lock")) or path.stat().st_size < 20:
            continue
        content = path.read_bytes()
        os.truncate(path, 10)
        with pytest.raises(IndexUnavailable, match=f"endommagé \\({path.name}\\).*glose verify"):
            engine.reader()
        with path.open("r+b") as file:
            file.write(content)
        assert engine.reader().size() == 6


def test_a_file_cut_short_that_no_writer_had_time_to_list(tmp_path: Path) -> None:
    """tantivy looks for its own mark at the end of each file as it opens it."""
    location = str(tmp_path / "x.index")
    write(engines.open(location, create=True), SOURCE, seen=10)
    [listed] = [file for file in files(location) if file.name == sums.NAME]
    listed.unlink()
    for path in files(location):
        content = path.read_bytes()
        if len(content) < 2 or path.name == ".managed.json":
            continue
        replace_file(path, content[: len(content) // 2])
        with pytest.raises(IndexUnavailable, match="glose"):
            list(everything(engines.open(location).reader()))
        replace_file(path, content)


def test_a_missing_file_is_seen(engine: Engine, location: str) -> None:
    for path in files(location):
        locks = path.name.endswith((".lock", "WRITELOCK"))
        if locks or path.name == ".managed.json":
            continue
        path.rename(path.with_suffix(".away"))
        assert problems(location), path.name
        path.with_suffix(".away").rename(path)


def test_words_that_are_not_found_are_seen(
    engine: Engine, location: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As when French is read otherwise than it was, and nobody said so."""
    read_text = french.read

    def otherwise(text: str) -> object:
        return read_text(text.replace("trois", "trios"))

    monkeypatch.setattr(french, "read", otherwise)
    [(where, problem)] = verify(location).problems
    assert (where, problem) == ("b#comment-1", "le passage n’est pas trouvé par ses propres mots")


TEXTUAL = {field.name for field in FIELDS if field.kind in ("text", "bag")}
ODD = [
    *("", "…", "\x00", "a\x1cb\x85c\u2028d\x0be", "\u3164\u2800", "ﬁn Œuvre æ ß İ ŉ ㎏ ½ n° 10€"),
    *("x" * 70_000, f"http://a.example/{'x' * 70_000} fin", f"https://a.example/{'p/' * 2_000}"),
    *(
        "😀 😀👍🏽 👨‍👩‍👧‍👦",
        "العربية 中文字 日本語 киев",
        "é" * 255,
        "e\u0301" * 300,
        "l'" * 200 + "eau",
    ),
    *("mot " * 5_000, "#" * 300 + "tag", "1" * 400, "12 " * 300, "S.N.C.F. abonné·e·s lecteurices"),
]
LONG = " ".join(f"mot{number}" for number in range(400))


def test_an_index_of_odd_texts_is_found_sound(location: str) -> None:
    """Its engine's words are those of its passages, whatever these are made of."""
    engine = engines.open(location, create=True)
    odd = [article(f"odd-{number}", text, text[:40]) for number, text in enumerate(ODD)]
    write(engine, odd, seen=10)
    report = verify(location)
    assert (report.problems, report.records) == ([], 3 * len(ODD))
    assert delete(engine, ["odd-3", "odd-18"]) == {"odd-3": 3, "odd-18": 3}
    assert verify(location).problems == []


def unasked(entry: Entry) -> str:
    """A word from the middle of a passage that the passage is not asked for by."""
    tree = verifying._question(entry, passage_words(entry), 64)
    asked = {leaf.text for leaf in tree.leaves() if isinstance(leaf, Term)}
    return next(word for word in LONG.split()[200:] if word not in asked)


@pytest.mark.parametrize(
    ("field", "damage"),
    [
        ("text", lambda word: "motus"),
        ("stem", lambda word: ""),
        ("stem", lambda word: f"{word} motus"),
        ("stem", lambda word: "mot0"),
    ],
    ids=["another", "too few", "too many", "twice"],
)
@pytest.mark.parametrize("removed", [False, True])
def test_a_word_is_seen_to_be_another_wherever_it_stands(
    location: str, field: str, damage: Callable[[str], str], removed: bool
) -> None:
    engine = engines.open(location, create=True)
    about = About("long", "Sora")
    record = Record(id="long#1", kind="comment", about=about, position=1, text=LONG, author="Zoé")
    write(engine, [article("a", "un red-team"), article("b", "trois"), [record]], seen=10)
    if removed:
        # what it held stays in the dictionaries of the engine
        assert delete(engine, ["a"]) == {"a": 2}
    assert verify(location).problems == []
    [entry] = entries([record])
    former = unasked(entry)
    words = [damage(word) if word == former else word for word in entry.terms[field].split()]
    with engine.writer() as writer:
        writer.remove(["long#1"])
        writer.add([entry._replace(terms={**entry.terms, field: " ".join(words)})])
    [(where, problem)] = verify(location).problems
    assert where == f"champ {field}"
    assert problem.startswith("l’index tient d’autres mots que ses passages (")


@pytest.mark.parametrize(("distant", "least", "most"), [(False, 20, 38), (True, 40, 70)])
def test_a_passage_is_asked_for_by_few_words(
    engine: Engine,
    location: str,
    monkeypatch: pytest.MonkeyPatch,
    distant: bool,
    least: int,
    most: int,
) -> None:
    """By more on a cluster, which cannot list all its words for their sums to be compared."""
    sizes: list[tuple[int, int]] = []
    question = verifying._question

    def measured(entry: Entry, words: dict[str, list[str]], every: int) -> Query:
        tree = question(entry, words, every)
        asked = [leaf for leaf in tree.leaves() if leaf.fieldname in words]
        sizes.append((len(asked), sum(map(len, words.values()))))
        return tree

    monkeypatch.setattr(verifying, "_question", measured)
    write(engine, [article("long", LONG)], seen=10)
    if distant:
        reader = type(engine.reader())
        monkeypatch.setattr(reader, "distant", True)
        monkeypatch.delattr(reader, "words")
    assert verify(location).problems == []
    asked, words = max(sizes)
    assert least <= asked <= most
    assert words > 2_000


@pytest.mark.parametrize("field", sorted(TEXTUAL))
def test_passages_that_exchanged_the_words_of_a_field_are_seen(location: str, field: str) -> None:
    """Each word is held by as many passages as before, but not by the same."""
    engine = engines.open(location, create=True)
    first, second = (
        Record(
            id=f"{name}#comment-1",
            kind="comment",
            about=About(name, f"Le micro-{name} {name}", f"https://{name}.example/{name}"),
            position=1,
            heading=f"Un {name}",
            text=f"Red-{name}, {name}.",
            quotes=(Quote(f"Tout {name}"),),
        )
        for name in ("avion", "navire")
    )
    entry, other = entries([first, second])
    assert field in entry.terms or entry.shared.terms[field]
    with engine.writer() as writer:
        writer.add([with_words(entry, other, field), with_words(other, entry, field)])
    assert [where for where, _ in verify(location).problems] == [first.id, second.id]


def with_words(entry: Entry, other: Entry, field: str) -> Entry:
    """An entry whose words of a field are those of another entry."""
    if field in entry.terms:
        entry = entry._replace(terms={**entry.terms, field: other.terms[field]})
    if field in entry.shared.terms:
        terms = {**entry.shared.terms, field: other.shared.terms[field]}
        entry = entry._replace(shared=Shared(terms, entry.shared.values))
    return entry


def test_what_differs_from_the_sources_is_told(engine: Engine) -> None:
    source = ArticleList([article("a", "un red-team", "", "autre"), article("c", "quatre")])
    report = VerifyReport()
    against(engine, source, report)
    problems = dict(report.problems)
    assert problems["a#comment-3"] == "l’index ne tient pas ce que la source donne"
    assert problems["c#comment-1"] == "la source le donne, l’index ne l’a pas"
    assert problems["b"] == "sa source ne donne plus cet article"
    assert "a#comment-1" not in problems


def test_articles_of_other_sources_are_counted_and_not_told_as_lost(engine: Engine) -> None:
    source = ArticleList(SOURCE[:1])
    source.others = frozenset("b")
    report = VerifyReport()
    against(engine, source, report)
    assert (report.problems, report.elsewhere) == ([], 1)
    assert "1 article d’autres sources" in report.notes[0]


def test_nobody_writes_while_files_are_verified(engine: Engine, location: str) -> None:
    with engine.writer(), pytest.raises(IndexUnavailable, match="en cours d’écriture"):
        verify(location)


def test_files_that_no_writer_had_time_to_list(engine: Engine, location: str) -> None:
    path = engines.place(location)[1]
    assert path is not None
    (path / "data-1" / sums.NAME).unlink()
    (path / "writer.lock").write_text('{"pid": 1}')
    report = verify(location)
    assert (report.problems, report.records) == ([], 6)
    assert "interrompue" in report.notes[0]
    write(engines.open(location), [article("c")], seen=20)
    report = verify(location)
    assert (report.problems, report.notes) == ([], [])


def test_a_segment_s_own_crc_is_read(tmp_path: Path) -> None:
    engine = engines.open(str(tmp_path / "x.index"), create=True)
    write(engine, SOURCE, seen=10)
    data = tmp_path / "x.index" / "data-1"
    [store] = data.glob("*.store")
    sums.digest(store)
    replace_file(store, b"x" + store.read_bytes()[1:])
    with pytest.raises(disk.Damaged, match="somme de contrôle"):
        sums.digest(store)
