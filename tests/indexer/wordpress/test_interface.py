"""Is the interface of a WordPress found, wherever the site has it?"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from glose import main
from tests.indexer.wordpress.visits import Run

pytestmark = pytest.mark.usefixtures("no_waiting")


def test_without_pretty_addresses(small: Any, run: Run) -> None:
    small.pretty = False
    assert run()["articles"] == 4
    assert run()["articles"] == 0


@pytest.mark.parametrize(
    ("pretty", "path"),
    [
        *(
            (pretty, path)
            for pretty in (True, False)
            for path in ("", "/post-10/", "/?rest_route=/")
        ),
        (True, "/wp-json/"),
    ],
)
def test_unannounced_it_is_looked_for(small: Any, run: Run, pretty: bool, path: str) -> None:
    small.announced, small.pretty = False, pretty
    assert run(address=small.home + path)["articles"] == 4


def test_an_interface_that_moved_is_looked_for_again(small: Any, run: Run) -> None:
    """Somebody changed how the site writes its addresses."""
    run()
    small.pretty = False
    small.comment(160, 10)
    assert run()["added"] == 1
    small.routes()
    assert run()["articles"] == 0
    assert len(small.routes()) == 5


def test_announced_in_the_page_only(small: Any, run: Run) -> None:
    """A cache in front of the site may lose the header."""
    small.announced = False
    page = f'<html lang=fr><link rel="https://api.w.org/" href="{small.home}/api/">'
    inner = small.answer

    def reply_without_header(path: str, params: dict[str, str]) -> Any:
        if path == "/":
            return 200, {}, page.encode()
        if path.startswith("/api/"):
            small.odd = lambda path, params: None
            try:
                return inner(path.replace("/api/", "/wp-json/"), params, {})
            finally:
                small.odd = reply_without_header
        return (404, {}, b"") if path.startswith("/wp-json") else None

    small.odd = reply_without_header
    assert run()["articles"] == 4


def test_the_format_can_be_said(small: Any, run: Run, tmp_path: Path) -> None:
    assert run("--format", "wordpress-rest")["articles"] == 4
    for arguments in (
        [small.home, "--format", "wxr"],
        [str(tmp_path), "--format", "wordpress-rest"],
    ):
        result = CliRunner().invoke(main, ["index", *arguments, "--index", str(tmp_path / "j")])
        assert result.exit_code == 2
