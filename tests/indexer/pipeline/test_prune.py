"""What does `--prune` take away, and when does it rather take nothing?"""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import orjson
import pytest
from click.testing import CliRunner

from index import engines
from indexer.article.model import Article, Comment, Section
from indexer.canonical import jsonl
from indexer.canonical.exporting import articles
from indexer.doors.commands import COMMANDS
from indexer.pipeline import pruning
from tests.indexer.samples import EXPORTS, PAGES

INDEX, EXPORT = (
    next(command for command in COMMANDS if command.name == name) for name in ("index", "export")
)


def run(*arguments: object, code: int | None = None) -> dict[str, Any]:
    result = CliRunner().invoke(INDEX, [*map(str, arguments), "--json"], catch_exceptions=False)
    assert result.exit_code in ((0, 1) if code is None else (code,)), result.output
    report: dict[str, Any] = json.loads(result.stdout)
    return report


def words(*arguments: object) -> str:
    result = CliRunner().invoke(INDEX, [*map(str, arguments)], catch_exceptions=False)
    return result.output


@pytest.fixture(params=["{}", "whoosh:{}"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return str(request.param).format(tmp_path / "x.index")


def stored(where: str) -> list[str]:
    engine = engines.open(where)
    try:
        return [article.id for article in articles(engine.reader())]
    finally:
        engine.close()


def export_of(*names: int) -> bytes:
    return b"".join(
        jsonl.dump(
            Article(
                f"a{n}",
                f"Titre {n}",
                f"https://a.example/{n}",
                sections=(Section(None, f"Texte {n}."),),
                comments=(Comment(f"a{n}#comment-1", text="Oui."),),
            )
        )
        for n in names
    )


@pytest.fixture
def source(tmp_path: Path, where: str) -> Path:
    path = tmp_path / "export.jsonl"
    path.write_bytes(export_of(*range(10)))
    run(path, "--index", where)
    return path


def test_what_a_source_no_longer_gives_goes(source: Path, where: str) -> None:
    source.write_bytes(export_of(*range(9)))
    first_report = run(source, "--index", where, code=0)
    assert (first_report["removed"], len(stored(where))) == (0, 10)
    assert "pruned" not in first_report
    dry = run(source, "--index", where, "--prune", "--dry-run", code=0)
    assert (dry["pruned"]["articles"], dry["pruned"]["records"], dry["removed"]) == (1, 3, 0)
    assert dry["pruned"]["ids"] == ["a9"]
    assert "1 article que les sources ne donnent plus serait retiré (3 passages) : a9." in words(
        source, "--index", where, "--prune", "--dry-run"
    )
    assert len(stored(where)) == 10
    result = run(source, "--index", where, "--prune", code=0)
    assert (result["removed"], result["pruned"]["articles"]) == (3, 1)
    [pruned] = result["pruned"]["sources"]
    assert re.fullmatch(r"jsonl:export\.jsonl~[0-9a-f]{8}", pruned.pop("source"))
    assert pruned == {"held": 10, "missing": 1, "refused": False}
    assert stored(where) == [f"a{n}" for n in range(9)]
    second_report = run(source, "--index", where, "--prune", code=0)
    assert (second_report["removed"], second_report["unchanged"]) == (0, 27)


def test_more_than_a_fifth_asks_to_be_told_twice(source: Path, where: str) -> None:
    source.write_bytes(export_of(*range(7)))
    refusal = run(source, "--index", where, "--prune", code=1)
    assert (refusal["removed"], refusal["pruned"]["articles"]) == (0, 0)
    assert refusal["pruned"]["sources"][0]["missing"] == 3
    assert refusal["pruned"]["sources"][0]["refused"] is True
    sentences = words(source, "--index", where, "--prune")
    assert "ne donne plus 3 articles sur 10" in sentences
    assert "--prune-all" in sentences
    assert len(stored(where)) == 10
    assert run(source, "--index", where, "--prune-all", code=0)["removed"] == 9
    assert len(stored(where)) == 7


def test_nothing_goes_when_something_was_left_aside(source: Path, where: str) -> None:
    source.write_bytes(export_of(*range(9)) + b'{"headline": 3}\n')
    result = run(source, "--index", where, "--prune", code=1)
    assert (result["removed"], result["pruned"]["articles"]) == (0, 0)
    assert "laissé de côté" in result["pruned"]["why"]
    assert "rien n’est retiré, car" in words(source, "--index", where, "--prune-all")
    assert len(stored(where)) == 10


FEED = """<rss version="2.0"><channel><title>A</title><link>https://a.example</link>
<item><title>Titre 1</title><link>https://a.example/1</link><description>Un.</description></item>
</channel></rss>"""


def test_a_feed_never_removes(source: Path, where: str, tmp_path: Path) -> None:
    feed = tmp_path / "flux.xml"
    feed.write_text(FEED)
    result = run(feed, "--index", where, "--prune-all", code=1)
    assert (result["removed"], len(stored(where))) == (0, 10)
    assert "un flux" in result["pruned"]["why"]
    # beside a whole source, it says nothing of what is no more, and hinders nothing
    feed.write_text(FEED.replace("/1<", "/99<").replace("Titre 1", "Neuf"))
    run(feed, "--index", where)
    source.write_bytes(export_of(*range(9)))
    assert run(source, feed, "--index", where, "--prune", code=0)["pruned"]["ids"] == ["a9"]
    assert len(stored(where)) == 10


def test_only_the_same_source_is_concerned(source: Path, where: str, tmp_path: Path) -> None:
    other_source = tmp_path / "autre.jsonl"
    other_source.write_bytes(export_of(20, 21, 22))
    run(other_source, "--index", where, "--prune", code=0)
    assert len(stored(where)) == 13


def test_a_folder_is_one_source(tmp_path: Path, where: str) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    for n in range(6):
        text = (PAGES / "complete.txt").read_text()
        (folder / f"{n}.txt").write_text(text.replace("Plouvernec", f"Plouvernec{n}"))
    run(folder, "--index", where)
    assert len(stored(where)) == 6
    (folder / "3.txt").unlink()
    # one of its pages alone is another source
    file_report = run(folder / "0.txt", "--index", where, "--prune-all", code=0)
    assert file_report["pruned"]["articles"] == 0
    run(folder, "--index", where)
    assert run(folder, "--index", where, "--prune", code=0)["pruned"]["articles"] == 1
    assert len(stored(where)) == 5


def test_an_export_of_wordpress_is_its_site_whatever_the_file(tmp_path: Path, where: str) -> None:
    export = (EXPORTS / "wordpress.xml").read_text()
    items = re.findall(r"(?s)<item>.*?</item>", export)
    first = tmp_path / "lundi.xml"
    first.write_text(export)
    run(first, "--index", where)
    before = stored(where)
    assert len(before) > 2
    second = tmp_path / "mardi.xml"
    removed_item = next(
        item for item in items if f"<wp:post_id>{before[0].rpartition(':')[2]}<" in item
    )
    second.write_text(export.replace(removed_item, ""))
    result = run(second, "--index", where, "--prune-all", code=0)
    assert result["pruned"]["ids"] == before[:1]
    assert result["pruned"]["sources"][0]["source"] == "wxr:phare.example"


def test_dated_files_under_one_name(tmp_path: Path, where: str) -> None:
    first, second = tmp_path / "22.jsonl", tmp_path / "23.jsonl"
    first.write_bytes(export_of(*range(10)))
    second.write_bytes(export_of(*range(9)))
    run(first, "--index", where, "--source", "nuit")
    assert run(second, "--index", where, "--source", "nuit", "--prune")["pruned"]["ids"] == ["a9"]


def test_what_two_sources_gave_stays_while_the_better_gives_it(tmp_path: Path, where: str) -> None:
    pages, export = tmp_path / "pages", tmp_path / "export.jsonl"
    pages.mkdir()
    for n in range(6):
        stated = export_of(n).replace(b'{"id":"a', b'{"provenance":"html:site","id":"p')
        (pages / f"{n}.jsonl").write_bytes(stated.replace(b'"a', b'"p'))
    run(pages, "--index", where)
    export.write_bytes(export_of(1, 2, 3))
    run(export, "--index", where)
    (pages / "1.jsonl").unlink()
    (pages / "5.jsonl").unlink()
    result = run(pages, "--index", where, "--prune", code=0)
    # the 1st is the export's now
    assert result["pruned"]["ids"] == ["p5"]
    export.write_bytes(export_of(2, 3))
    assert run(export, "--index", where, "--prune", code=0)["pruned"]["ids"] == ["p1"]


def test_an_export_of_the_index_prunes_as_its_sources(
    source: Path, where: str, tmp_path: Path
) -> None:
    out = tmp_path / "tout.jsonl"
    result = CliRunner().invoke(EXPORT, ["--index", where, "-o", str(out)])
    assert result.exit_code == 0
    out.write_bytes(b"".join(out.read_bytes().splitlines(keepends=True)[1:]))
    assert run(out, "--index", where, "--prune", code=0)["pruned"]["ids"] == ["a0"]


def test_threads_joined_to_an_article_are_no_source_of_it(tmp_path: Path, where: str) -> None:
    for name in ("wordpress.xml", "isso.json"):
        shutil.copy(EXPORTS / name, tmp_path)
    run(tmp_path / "wordpress.xml", "--index", where)
    before = stored(where)
    result = run(tmp_path / "isso.json", "--join", "--index", where, "--prune-all", code=0)
    assert result["pruned"]["articles"] == 0
    assert set(before) <= set(stored(where))


def test_the_interrupted_and_the_absent(tmp_path: Path) -> None:
    empty = tmp_path / "vide"
    empty.mkdir()
    result = run(empty, "--index", tmp_path / "x.index", "--prune", code=1)
    assert result["pruned"]["why"]
    assert not (tmp_path / "x.index").exists()


@pytest.mark.parametrize("name", ["", "  ", "x" * 101, "a\nb"])
def test_names_that_are_none(tmp_path: Path, name: str) -> None:
    (tmp_path / "a.jsonl").write_bytes(export_of(1))
    arguments = [str(tmp_path / "a.jsonl"), "--source", name, "--index", str(tmp_path / "i")]
    assert CliRunner().invoke(INDEX, arguments).exit_code == 2


def test_memory_that_lacks_for_a_record_is_no_false_json(monkeypatch: pytest.MonkeyPatch) -> None:
    """orjson (3.13) makes one error of both."""

    def short(data: bytes) -> None:
        raise orjson.JSONDecodeError("Not enough memory to allocate buffer", "[]", 0)

    monkeypatch.setattr(orjson, "loads", short)
    monkeypatch.setattr(pruning, "leads", lambda reader: iter([b"{}"]))
    with pytest.raises(MemoryError):
        pruning.prune(None, ["wxr:a.example"], [], sound=True, every=True)  # type: ignore[arg-type]
