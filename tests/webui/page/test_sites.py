"""Does a list of articles say on which site each is, where there are several?"""

from __future__ import annotations

from collections.abc import Callable

import flask
import pytest
from lxml import html

from index.record import About, Record


def budget(name: str, url: str | None) -> list[Record]:
    about = About(name, "Le budget de l’école voté", url, published="2024-03-01T10:00:00+01:00")
    return [Record(f"{name}#lead", "lead", about, 0, about.title, "Le conseil a voté.")]


@pytest.mark.parametrize("address", ["/", "/search?q=budget"])
@pytest.mark.parametrize(
    ("urls", "sites"),
    [
        (("https://www.courrier.example/1", "https://gazette.example/1"),
         ["courrier.example", "gazette.example"]),
        (("https://gazette.example/1", "https://www.gazette.example/2"), []),
        (("https://gazette.example/1", None), []),
        (("https://gazette.example/1", "javascript:alert(1)//courrier.example"), []),
        ((None, None), []),
    ],
)  # fmt: skip
def test_articles_of_one_title_are_told_apart(
    app_of: Callable[..., flask.Flask],
    address: str,
    urls: tuple[str | None, ...],
    sites: list[str],
) -> None:
    app = app_of(*(budget(f"a{n}", url) for n, url in enumerate(urls)))
    page = html.fromstring(app.test_client().get(address).text)
    assert len(page.xpath("//main//h3")) == 2
    assert sorted(page.xpath("//span[@class='site']//text()")) == sites
