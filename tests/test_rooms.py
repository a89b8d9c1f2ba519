"""The import contracts of pyproject.toml hold: three rooms, arrows one way."""

import subprocess
import sys
from pathlib import Path

TOP = Path(__file__).parent.parent


def test_no_arrow_comes_back() -> None:
    done = subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache"],
        cwd=TOP,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 broken" in done.stdout


def test_the_contract_would_see_a_broken_wall(tmp_path: Path) -> None:
    """A check that cannot fail is none: one arrow put back must be found."""
    for room in ("index", "indexer", "webui"):
        (tmp_path / room).mkdir()
        (tmp_path / room / "__init__.py").write_text("import webui\n" if room == "index" else "")
    (tmp_path / ".importlinter").write_text(
        "[importlinter]\nroot_packages =\n  indexer\n  index\n  webui\n"
        "[importlinter:contract:1]\nname = rooms\ntype = layers\nlayers =\n"
        "  indexer | webui\n  index\n"
    )
    done = subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0
    assert "1 broken" in done.stdout
