"""What do caches, other sites and errors meet?"""

from __future__ import annotations

import gzip
import logging
import re
import zlib
from typing import Any
from urllib import robotparser

import pytest
from flask.testing import FlaskClient
from lxml import html

from index.engines import Engine, IndexUnavailable
from webui import create_app

PAGES = ("/", "/search?q=artistes", "/search", "/article/demo:sora?q=nda", "/syntax", "/api",
         "/status", "/nope", "/search?page=0", "/article/nope")  # fmt: skip
DATA = ("/search.json?q=artistes", "/search.csv?q=artistes", "/search.atom?q=artistes",
        "/article/demo:sora.json", "/suggest.json?q=art", "/status.json", "/healthz",
        "/openapi.json", "/opensearch.xml", "/search.json?page=0", "/nope.json")  # fmt: skip


@pytest.mark.parametrize("address", [*PAGES, *DATA])
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST"])
def test_headers_are_on_every_answer(client: FlaskClient, address: str, method: str) -> None:
    answer = client.open(address, method=method)
    headers = answer.headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    policy = headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in policy
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "Set-Cookie" not in headers
    if method == "POST":
        assert answer.status_code in (404, 405)
    if method == "HEAD":
        assert answer.data == b""
    assert (headers.get("Access-Control-Allow-Origin") == "*") == (answer.mimetype != "text/html")


@pytest.mark.parametrize("address", DATA)
def test_scripts_of_other_sites_may_send_headers(client: FlaskClient, address: str) -> None:
    """A browser asks first when a script sends If-None-Match, or some header of its framework."""
    preflight = {
        "Origin": "https://presse.example",
        "Access-Control-Request-Method": "GET",
        "Access-Control-Request-Headers": "if-none-match",
    }
    answer = client.options(address, headers=preflight)
    is_known = answer.status_code == 200
    assert is_known == (address != "/nope.json")
    assert ("GET" in answer.headers.get("Access-Control-Allow-Methods", "")) == is_known
    assert (answer.headers.get("Access-Control-Allow-Headers") == "*") == is_known
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


CONSTANT = ["/openapi.json", "/opensearch.xml", "/syntax", "/api"]


@pytest.mark.parametrize("address", CONSTANT)
def test_what_depends_on_the_language_says_so(client: FlaskClient, address: str) -> None:
    headers = client.get(address, headers={"Accept-Language": "en"}).headers
    assert headers["Content-Language"] == "en"
    assert "Accept-Language" in headers["Vary"]
    assert headers["Cache-Control"] == "public, max-age=60"


# what a cache takes from a 304 for the answer that it keeps
KEPT_BY_CACHES = ("Vary", "Cache-Control")


@pytest.mark.parametrize("address", [*PAGES[:4], *DATA[:6], "/search.xlsx?q=nda"])
def test_nothing_is_sent_twice(client: FlaskClient, address: str) -> None:
    first = client.get(address)
    assert first.headers["Cache-Control"] == "public, max-age=60"
    second = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert (second.status_code, second.data) == (304, b"")
    assert second.headers["ETag"] == first.headers["ETag"]
    for name in KEPT_BY_CACHES:
        assert second.headers.get(name) == first.headers.get(name), name
    english = client.get(
        address, headers={"If-None-Match": first.headers["ETag"], "Accept-Language": "en"}
    )
    assert english.status_code == 200


@pytest.mark.parametrize("address", [*CONSTANT, "/robots.txt"])
def test_what_depends_on_no_index_is_not_sent_twice_either(
    client: FlaskClient, address: str
) -> None:
    first = client.get(address)
    again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    for name in KEPT_BY_CACHES:
        assert again.headers.get(name) == first.headers.get(name), name
    english = client.get(address, headers={"Accept-Language": "en"})
    # the same words, the same tag
    alike = english.data == first.data
    assert (english.headers["ETag"] == first.headers["ETag"]) == alike


def test_other_questions_have_other_tags(client: FlaskClient) -> None:
    tags = [client.get(address).headers["ETag"] for address in PAGES[:4] + DATA[:6]]
    assert len(set(tags)) == len(tags)


def test_other_synonyms_have_other_tags(engine: Engine) -> None:
    def tag(**config: Any) -> str:
        return create_app(engine, **config).test_client().get("/search?q=nda").headers["ETag"]

    assert tag() == tag()
    assert tag() != tag(SYNONYMS={"nda": ("clause",)})


def test_link_names_the_other_faces(client: FlaskClient) -> None:
    link = client.get("/search.json?q=pagination").headers["Link"]
    assert re.search(r'</search\.json\?q=pagination&page=2&state=[-0-9a-f]+>; rel="next"', link)
    assert '</search?q=pagination>; rel="alternate"; type="text/html"' in link
    assert 'rel="next"' not in client.get("/search.json?q=avocat").headers["Link"]
    assert "\n" not in client.get("/search?q=a%0d%0aSet-Cookie:x").headers["Link"]


def test_who_mistypes_a_date_keeps_the_question(client: FlaskClient) -> None:
    page = html.fromstring(client.get("/search?q=travail gratuit&from=bientôt&in=comments").text)
    assert page.xpath("//input[@id='q']/@value") == ["travail gratuit"]
    [retry_link] = page.xpath("//main//a[starts-with(@href, '/search')]")
    assert retry_link.get("href") == "/search?q=travail+gratuit"
    assert "«\xa0travail gratuit\xa0»" in retry_link.text
    dateless_page = html.fromstring(client.get("/search?from=bientôt").text)
    assert not dateless_page.xpath("//main//a[starts-with(@href, '/search')]")


@pytest.mark.parametrize("path", ["/search?q=artistes", "/search.json?q=artistes", "/nope",
                                  "/static/glose.css", "/openapi.json"])  # fmt: skip
def test_whole_texts_are_sent_smaller(client: FlaskClient, path: str) -> None:
    bare = client.get(path, buffered=True)
    compressed = client.get(path, headers={"Accept-Encoding": "br, gzip"}, buffered=True)
    assert "Content-Encoding" not in bare.headers
    assert compressed.headers["Content-Encoding"] == "gzip"
    assert int(compressed.headers["Content-Length"]) == len(compressed.data) < len(bare.data)
    assert "Accept-Encoding" in bare.vary
    assert "Accept-Encoding" in compressed.vary
    if path != "/search.json?q=artistes":  # which says how long it took
        assert gzip.decompress(compressed.data) == bare.data
    if tag := compressed.headers.get("ETag"):
        conditional = {"Accept-Encoding": "gzip", "If-None-Match": tag}
        second = client.get(path, headers=conditional, buffered=True)
        assert (second.status_code, second.data) == (304, b"")
        assert second.headers["Vary"] == compressed.headers["Vary"]
    refusing = client.get(path, headers={"Accept-Encoding": "gzip;q=0"}, buffered=True)
    assert "Content-Encoding" not in refusing.headers


def test_a_table_is_sent_smaller_while_it_is_made(client: FlaskClient) -> None:
    address = "/search.csv?q=artistes"
    bare = client.get(address)
    packed = client.get(address, headers={"Accept-Encoding": "gzip"}, buffered=False)
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in bare.headers
    assert "Accept-Encoding" in packed.vary
    assert "Accept-Encoding" in bare.vary
    # its heading can be read before its rows are made
    unpacker = zlib.decompressobj(wbits=16 + zlib.MAX_WBITS)
    pieces = [unpacker.decompress(piece).decode() for piece in packed.iter_encoded()]
    assert len(pieces) > 2
    assert pieces[0] == bare.text.partition("\n")[0] + "\n"
    assert "".join(pieces) == bare.text
    assert unpacker.eof
    head = client.head(address, headers={"Accept-Encoding": "gzip"})
    assert (head.status_code, head.data) == (200, b"")


def test_what_is_packed_or_asked_in_part_is_not_touched(client: FlaskClient) -> None:
    sheet = client.get("/search.xlsx?q=artistes", headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in sheet.headers
    headers = {"Accept-Encoding": "gzip", "Range": "bytes=0-9"}
    part = client.get("/static/glose.css", headers=headers, buffered=True)
    assert (part.status_code, len(part.data)) == (206, 10)


def test_robots_stay_out_of_the_questions(client: FlaskClient) -> None:
    robots = robotparser.RobotFileParser()
    robots.parse(client.get("/robots.txt").text.splitlines())
    for path in ("/search?q=nda", "/search.csv?q=nda", "/complete.json?q=n"):
        assert not robots.can_fetch("any", path)
    for path in ("/", "/article/demo:sora", "/syntax"):
        assert robots.can_fetch("any", path)


def test_methods_are_refused_by_name(client: FlaskClient) -> None:
    answer = client.post("/search.json?q=a")
    assert answer.status_code == 405
    assert set(answer.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}
    assert answer.get_json()["status"] == 405


def test_the_face_of_a_problem(client: FlaskClient) -> None:
    assert client.get("/nope").mimetype == "text/html"
    assert client.get("/nope", headers={"Accept": "application/json"}).mimetype == (
        "application/problem+json"
    )
    problem = client.get("/nope.json").get_json()
    assert problem["type"] == "about:blank"
    assert problem["title"] == "Cette page n’existe pas"
    english = client.get("/nope.json", headers={"Accept-Language": "en"}).get_json()
    assert english["title"] == "This page does not exist"
    page = html.fromstring(client.get("/nope").text)
    assert page.xpath("//h1/text()") == ["Cette page n’existe pas"]
    for path in ("/nope.json//", "/article/demo:nope.json/", "/search.json/nope.json/"):
        answer = client.get(path)
        assert (answer.status_code, answer.mimetype) == (404, "application/problem+json"), path
    assert client.get("/article/demo:nope/").mimetype == "text/html"


class Broken:
    """An engine whose index went away."""

    location = "nowhere"

    def __init__(self, error: Exception) -> None:
        self.error = error

    def reader(self) -> Any:
        raise self.error

    def writer(self) -> Any:
        raise self.error

    def close(self) -> None:
        pass


def test_an_unreachable_index_says_when_to_come_back(caplog: pytest.LogCaptureFixture) -> None:
    client = create_app(Broken(IndexUnavailable("« /srv/a » a disparu."))).test_client()
    for address in ("/search?q=a", "/search.json?q=a", "/healthz", "/", "/status.json"):
        answer = client.get(address)
        assert answer.status_code == 503
        assert int(answer.headers["Retry-After"]) > 0
        assert answer.headers["Cache-Control"] == "no-store"
        assert "Réessayez dans 5 secondes" in answer.text
        # where it is, is for the log
        assert "/srv/a" not in answer.text
    assert "« /srv/a » a disparu." in caplog.text


def test_a_failure_is_a_number_and_no_traceback(caplog: pytest.LogCaptureFixture) -> None:
    client = create_app(Broken(RuntimeError("secret"))).test_client()
    with caplog.at_level(logging.ERROR):
        answer = client.get("/search.json?q=intime")
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert answer.get_json()["incident"] in caplog.text
    assert "intime" not in caplog.text


def test_hostile_words_run_nothing(client: FlaskClient) -> None:
    addresses = ["/", "/search?q=sora", "/search?q=hostile", "/search?q=alert+OU+img",
                 "/article/demo:%22%3E%3Cscript%3Ex?q=hostile",
                 '/search?q="><script>alert(1)</script>&category="><b>'
                 '&from=2024&author=<img src=x onerror=y>']  # fmt: skip
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code == 200, address
        page = html.fromstring(answer.text)
        scripts = {element.get("src").split("?")[0] for element in page.iter("script")}
        assert {"/static/glose.js", "/static/suggest.js"} <= scripts
        of_articles = {"/static/back.js", "/static/hits.js", "/static/passages.js"}
        assert scripts <= {"/static/glose.js", "/static/suggest.js", *of_articles}
        assert [element.get("src").split("?")[0] for element in page.iter("img")] == [
            "/static/glose.svg"
        ]
        assert not page.xpath("//@*[starts-with(name(), 'on')] | //@style | //style")
        assert not [link for link in page.xpath("//@href") if link.startswith("javascript")]
        for mark in page.iter("mark"):
            assert "<" not in (mark.text or "")
        assert "{{7*7}}" in answer.text or "hostile" not in address
        assert "49" not in page.xpath("string(//h1)")


def test_texts_are_compressed_for_those_who_take_it(client: FlaskClient) -> None:
    for address in ("/search?q=pagination", "/search.json?q=pagination", "/static/glose.css"):
        uncompressed_text = client.get(address)
        packed = client.get(address, headers={"Accept-Encoding": "gzip, br"})
        assert "Content-Encoding" not in uncompressed_text.headers
        assert packed.headers["Content-Encoding"] == "gzip"
        assert len(packed.data) < len(uncompressed_text.data) / 3
        if "json" not in address:
            assert gzip.decompress(packed.data) == uncompressed_text.data
        uncompressed = client.get(address, headers={"Accept-Encoding": "gzip;q=0"})
        assert "Content-Encoding" not in uncompressed.headers
        for answer in (uncompressed_text, packed, uncompressed):
            assert "Accept-Encoding" in answer.headers["Vary"]
            answer.close()
        conditional = {"If-None-Match": packed.headers["ETag"], "Accept-Encoding": "gzip"}
        second = client.get(address, headers=conditional)
        assert second.status_code == 304
        second.close()
    short = client.get("/healthz", headers={"Accept-Encoding": "gzip"})
    assert short.get_json() == {"status": "ok"}


def test_a_page_of_results_is_light_on_the_wire(client: FlaskClient) -> None:
    """HTML, style and scripts together, compressed; what the browser is given, tests/browser."""
    headers = {"Accept-Encoding": "gzip"}
    page = client.get("/search?q=pagination", headers=headers)
    parts = re.findall(r"/static/[^\"]+", gzip.decompress(page.data).decode())
    assert len(set(parts)) == 4
    total = len(page.data) + sum(len(client.get(p, headers=headers).data) for p in set(parts))
    assert total < 60_000
