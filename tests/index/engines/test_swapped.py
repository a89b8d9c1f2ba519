"""Is another index seen that takes the place of the one that is open?"""

from __future__ import annotations

from pathlib import Path

import pytest

from index import engines
from index.engines import IndexUnavailable
from index.record import About, Record
from index.writing import writing


def make_index(location: str, word: str) -> None:
    engine = engines.open(location, create=True)
    lead = Record("a#lead", "lead", About("a", "Titre"), 0, "Titre", word)
    writing.write(engine, [[lead]], seen=1)
    engine.close()


def stored(engine: engines.Engine) -> list[str]:
    reader = engine.reader()
    return [word for word in ("zibeline", "hermine") if reader.freq("text", word)]


@pytest.mark.parametrize("kind", ["", "whoosh:"])
def test_a_link_that_leads_elsewhere_is_followed(tmp_path: Path, kind: str) -> None:
    make_index(f"{kind}{tmp_path / 'a'}", "zibeline")
    make_index(f"{kind}{tmp_path / 'b'}", "hermine")
    link, other_index = tmp_path / "now", tmp_path / "then"
    link.symlink_to(tmp_path / "a")
    engine = engines.open(f"{kind}{link}")
    assert stored(engine) == ["zibeline"]
    for name, word in (("b", "hermine"), ("a", "zibeline"), ("b", "hermine")):
        other_index.symlink_to(tmp_path / name)
        other_index.rename(link)
        assert stored(engine) == [word]


@pytest.mark.parametrize("kind", ["", "whoosh:"])
def test_a_directory_that_takes_the_name_of_another_is_seen(tmp_path: Path, kind: str) -> None:
    make_index(f"{kind}{tmp_path / 'a'}", "zibeline")
    make_index(f"{kind}{tmp_path / 'b'}", "hermine")
    engine = engines.open(f"{kind}{tmp_path / 'a'}")
    assert stored(engine) == ["zibeline"]
    (tmp_path / "a").rename(tmp_path / "before")
    with pytest.raises(IndexUnavailable):
        engine.reader()
    (tmp_path / "b").rename(tmp_path / "a")
    assert stored(engine) == ["hermine"]
