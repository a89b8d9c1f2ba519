"""Does a feed hold what is new, at addresses that are right, and no more?"""

from __future__ import annotations

import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any

import flask
import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree, html

from index import engines
from index.record import About, Record
from index.writing import writing
from webui.addresses.following import Following
from webui.addresses.links import Links
from webui.addresses.parameters import PLACES, SearchParams
from webui.alerts.command import alert_command

ATOM = {"a": "http://www.w3.org/2005/Atom"}


def comments(first: int, count: int) -> list[list[Record]]:
    """An article a day with one comment, from a number on."""
    records = []
    for n in range(first, first + count):
        day = f"{2000 + n // 300}-{n % 300 // 25 + 1:02}-{n % 25 + 1:02}T10:00:00+01:00"
        about = About(f"a{n}", f"Numéro {n}", None, None, None, (), (), (), day)
        records.append(
            [
                Record(f"a{n}#comment-1", "comment", about, 1, "", f"La zibeline {n}",
                       anchor="comment-1", author="Zoé", start=day, end=day, precision="minute")
            ]
        )  # fmt: skip
    return records


@pytest.fixture
def app(app_of: Callable[..., flask.Flask]) -> flask.Flask:
    return app_of(*comments(0, 250))


def feed(client: FlaskClient, address: str, **options: Any) -> etree._Element:
    return etree.fromstring(client.get(address, **options).data)


def texts_at(page: etree._Element, path: str) -> list[str]:
    return list(page.xpath(path, namespaces=ATOM))


def test_the_hundred_newest_and_where_the_others_are(app: flask.Flask) -> None:
    client = app.test_client()
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "fr"
    address: str | None = "/search.atom?q=zibeline&size=3"
    pages = []
    while address:
        pages.append(feed(client, address))
        address = next(iter(texts_at(pages[-1], "a:link[@rel='next']/@href")), None)
    assert [len(texts_at(page, "a:entry")) for page in pages] == [100, 100, 50]
    dates = [date for page in pages for date in texts_at(page, "a:entry/a:published/text()")]
    assert dates == sorted(dates, reverse=True)
    ids = [id for page in pages for id in texts_at(page, "a:entry/a:id/text()")]
    assert len(set(ids)) == 250
    # one feed in several documents (RFC 5005)
    assert len({texts_at(page, "a:id/text()")[0] for page in pages}) == 1
    assert texts_at(pages[1], "a:subtitle/text()")[0].startswith("Passages 101 à 200 sur 250")
    assert texts_at(pages[1], "a:link[@rel='previous']/@href")[0].endswith("q=zibeline&size=3")


def test_what_is_seen_later_comes_first_however_old(app: flask.Flask) -> None:
    client = app.test_client()
    before = texts_at(feed(client, "/search.atom?q=zibeline"), "a:entry/a:id/text()")
    # the same articles again, and one that is older than them all
    old = comments(0, 1)
    old[0][0] = Record(**{
        **{name: getattr(old[0][0], name) for name in Record.__dataclass_fields__},
        "id": "a0#comment-2", "text": "La zibeline d’avant", "start": "1990-01-01T00:00:00Z",
        "end": "1990-01-01T00:00:00Z",
    })  # fmt: skip
    writing.write(app.extensions["engine"], comments(1, 249), seen=1_733_900_000)
    writing.write(app.extensions["engine"], [[*comments(0, 1)[0], *old[0]]], seen=1_733_900_000)
    after = feed(client, "/search.atom?q=zibeline")
    assert texts_at(after, "a:entry/a:id/text()")[1:] == before[:99]
    assert texts_at(after, "a:updated/text()") == texts_at(after, "a:entry[1]/a:updated/text()")


@pytest.mark.parametrize(
    ("host", "public", "root"),
    [
        ("presse.example:8080", "", "http://presse.example:8080"),
        ("[::1]:8000", "", "http://[::1]:8000"),
        ("presse.example", "", "http://presse.example"),
        ("dedans:8000", "https://presse.example/glose", "https://presse.example/glose"),
        ("dedans:8000", "https://presse.example:8443/", "https://presse.example:8443"),
    ],
)
def test_addresses_bear_the_port_or_the_public_name(
    app_of: Callable[..., flask.Flask], host: str, public: str, root: str
) -> None:
    client = app_of(*comments(0, 120), PUBLIC_URL=public).test_client()
    feed_text = feed(client, "/search.atom?q=zibeline", headers={"Host": host})
    addresses = texts_at(feed_text, "a:link/@href | a:entry/a:link[@rel='alternate']/@href")
    assert len(addresses) == 103
    assert all(address.startswith(f"{root}/") for address in addresses)
    page = html.fromstring(client.get("/search?q=zibeline", headers={"Host": host}).text)
    assert page.xpath("//input[@id='feed']/@value") == [f"{root}/search.atom?q=zibeline"]


def test_a_proxy_tells_the_port(app_of: Callable[..., flask.Flask]) -> None:
    client = app_of(*comments(0, 2), PROXY_HOPS=1).test_client()
    headers = {"X-Forwarded-Host": "presse.example:8443", "X-Forwarded-Proto": "https",
            "X-Forwarded-For": "192.0.2.1", "Host": "127.0.0.1:8000"}  # fmt: skip
    feed_text = feed(client, "/search.atom?q=zibeline", headers=headers)
    assert texts_at(feed_text, "a:link[@rel='self']/@href") == [
        "https://presse.example:8443/search.atom?q=zibeline"
    ]


texts = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=20)


@given(st.builds(SearchParams, q=texts, where=st.sampled_from(PLACES), commenter=st.tuples(texts)))
def test_a_shell_reads_the_line_as_it_was_meant(params: SearchParams) -> None:
    following = Following(params, Links("/glose"), "https://presse.example/glose/")
    words = shlex.split(following.line)
    assert words[:2] == ["glose", "alert"]
    assert words[2:] == [f"https://presse.example{Links('/glose').search(params)}"]


def run(*words: str, state: Path) -> Any:
    return CliRunner().invoke(alert_command, words, env={"XDG_STATE_HOME": str(state)})


@pytest.mark.parametrize(("name", "is_refused"), [("commentateur", True), ("utm_source", False)])
def test_an_address_is_not_followed_without_a_filter_it_means(
    tmp_path: Path, name: str, is_refused: bool
) -> None:
    place = str(tmp_path / "i.index")
    writing.write(engines.open(place, create=True), comments(0, 3), seen=1_733_000_000)
    address = f"https://presse.example/search?q=zibeline&{name}=zo%C3%A9"
    result = run(address, "--index", place, state=tmp_path)
    assert result.exit_code == (2 if is_refused else 0), result.output
    assert ("« commenter »" in result.output.replace("\xa0", " ")) == is_refused


def test_the_line_tells_what_is_new_and_only_that(tmp_path: Path) -> None:
    place = str(tmp_path / "i.index")
    engine = engines.open(place, create=True)
    writing.write(engine, comments(0, 3), seen=1_733_000_000)
    address = "https://presse.example/glose/search?q=zibeline&commenter=zo%C3%A9&page=2"
    arguments = (address, "--index", place)
    first = run(*arguments, state=tmp_path)
    assert first.exit_code == 0, first.output
    assert "3 passages y répondent déjà" in first.output
    writing.write(engine, comments(3, 1), seen=1_733_100_000)
    # another question of the same place has a memory of its own
    other_address = address.replace("zibeline", "zibeline+3")
    assert "1 passage y répond déjà" in run(other_address, "--index", place, state=tmp_path).output
    output = run(*arguments, state=tmp_path).output
    assert "La zibeline 3" in output
    assert "https://presse.example/glose/article/a3?q=zibeline#comment-1" in output
    assert "rien de nouveau" in run(*arguments, state=tmp_path).output
    engine.close()


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("https://presse.example/article/a?q=x", "n’est pas l’adresse d’une recherche"),
        ("https://presse.example/search", "ne demande rien"),
        ("https://presse.example/search?q=x&in=ici", "in vaut « ici »"),
        ("http:///search?q=x", "n’est pas l’adresse d’une recherche"),
    ],
)
def test_an_address_that_asks_nothing_is_refused(
    address: str, sentence: str, tmp_path: Path
) -> None:
    refusal = run(address, "--index", str(tmp_path / "none"), state=tmp_path)
    assert refusal.exit_code == 2
    assert sentence in refusal.output
