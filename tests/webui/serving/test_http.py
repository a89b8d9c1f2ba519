"""What do caches, other sites and errors meet?"""

from __future__ import annotations

import gzip
import logging
import re
from collections.abc import Callable
from typing import Any
from urllib import robotparser

import flask
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


@pytest.mark.parametrize("address", [*PAGES[:4], *DATA[:6]])
def test_nothing_is_sent_twice(client: FlaskClient, address: str) -> None:
    first = client.get(address)
    assert first.headers["Cache-Control"] == "public, max-age=60"
    second = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert (second.status_code, second.data) == (304, b"")
    assert second.headers["ETag"] == first.headers["ETag"]
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
    refusing = client.get(path, headers={"Accept-Encoding": "gzip;q=0"}, buffered=True)
    assert "Content-Encoding" not in refusing.headers


def test_what_is_streamed_is_not_touched(client: FlaskClient) -> None:
    answer = client.get("/search.csv?q=artistes", headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in answer.headers
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


@pytest.mark.parametrize(
    ("asked", "location"),
    [
        ("/search/", "/search"), ("/search/?q=a+b&in=comments", "/search?q=a+b&in=comments"),
        ("/search.json//?q=%C3%A9t%E9", "/search.json?q=%C3%A9t%E9"), ("/api/", "/api"),
        ("/status/", "/status"), ("/openapi.json/", "/openapi.json"), ("/healthz/", "/healthz"),
    ],
)  # fmt: skip
def test_a_stroke_at_the_end_leads_to_the_address_without(
    client: FlaskClient, asked: str, location: str
) -> None:
    answer = client.get(asked)
    assert (answer.status_code, answer.location) == (301, location)
    assert client.get(location).status_code == 200
    mounted = client.get(asked, environ_overrides={"SCRIPT_NAME": "/glose"})
    assert mounted.location == f"/glose{location}"


@pytest.mark.parametrize("asked", ["/nope/", "//search.example/", "/search/x/"])
def test_a_stroke_after_nothing_of_ours_leads_nowhere(client: FlaskClient, asked: str) -> None:
    answer = client.get("/", environ_overrides={"PATH_INFO": asked})
    assert answer.status_code == 404


def test_two_strokes_at_the_beginning_lead_to_no_other_host(client: FlaskClient) -> None:
    answer = client.get("/", environ_overrides={"PATH_INFO": "//search/"})
    assert answer.location == "/search"


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


def test_only_trusted_hosts_are_answered(app_of: Callable[..., flask.Flask]) -> None:
    client = app_of(TRUSTED_HOSTS=["demo.example"]).test_client()
    assert client.get("/healthz", base_url="http://demo.example").status_code == 200
    refusal = client.get("/search.json", base_url="http://evil.example")
    assert refusal.status_code == 400
    assert refusal.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("hops", "headers"),
    [(0, {"Host": "Demo.Example"}),
     (1, {"Host": "demo.example", "X-Forwarded-Host": "DEMO.example:8443"})],
)  # fmt: skip
def test_a_trusted_host_is_the_same_in_capitals(
    app_of: Callable[..., flask.Flask], hops: int, headers: dict[str, str]
) -> None:
    client = app_of(TRUSTED_HOSTS=["demo.Example"], PROXY_HOPS=hops).test_client()
    assert client.get("/healthz", headers=headers).status_code == 200


def test_proxies_are_believed_only_when_said(app_of: Callable[..., flask.Flask]) -> None:
    headers = {"X-Forwarded-Host": "demo.example", "X-Forwarded-Proto": "https",
               "X-Forwarded-Prefix": "/glose"}  # fmt: skip
    text = app_of().test_client().get("/opensearch.xml", headers=headers).text
    assert "http://localhost/search" in text
    text = app_of(PROXY_HOPS=1).test_client().get("/opensearch.xml", headers=headers).text
    assert "https://demo.example/glose/search" in text


BELIEVED = [
    # headers, the address that is counted, the scheme, the prefix
    ({}, "192.0.2.1", "http", ""),
    ({"X-Forwarded-For": "198.51.100.7"}, "198.51.100.7", "http", ""),
    ({"X-Forwarded-For": "198.51.100.7:4711"}, "198.51.100.7", "http", ""),
    ({"X-Forwarded-For": "::ffff:198.51.100.7"}, "198.51.100.7", "http", ""),
    ({"X-Forwarded-For": "[2001:db8::7]:443"}, "2001:db8::7", "http", ""),
    ({"X-Forwarded-For": "203.0.113.9, 198.51.100.7"}, "198.51.100.7", "http", ""),
    ({"X-Forwarded-For": "198.51.100.7, "}, "unknown", "http", ""),
    ({"X-Forwarded-For": "evil.example"}, "unknown", "http", ""),
    ({"X-Forwarded-Proto": "HTTPS"}, "192.0.2.1", "https", ""),
    ({"X-Forwarded-Proto": "javascript"}, "192.0.2.1", "http", ""),
    ({"X-Forwarded-Proto": "https, ftp"}, "192.0.2.1", "http", ""),
    ({"X-Forwarded-Prefix": "/glose"}, "192.0.2.1", "http", "/glose"),
    ({"X-Forwarded-Prefix": "//evil.example"}, "192.0.2.1", "http", ""),
    ({"X-Forwarded-Prefix": "https://evil.example/"}, "192.0.2.1", "http", ""),
]


@pytest.mark.parametrize(("headers", "address", "scheme", "prefix"), BELIEVED)
def test_what_a_believed_proxy_says_is_what_it_must_be(
    app_of: Callable[..., flask.Flask],
    headers: dict[str, str],
    address: str,
    scheme: str,
    prefix: str,
) -> None:
    app = app_of(PROXY_HOPS=1)
    addresses = {}

    @app.after_request
    def look(response: flask.Response) -> flask.Response:
        request = flask.request
        addresses.update(
            address=request.remote_addr, scheme=request.scheme, root=request.script_root
        )
        return response

    app.test_client().get(
        "/healthz", headers=headers, environ_base={"REMOTE_ADDR": "::ffff:192.0.2.1"}
    )
    assert addresses == {"address": address, "scheme": scheme, "root": prefix}


def test_ipv4_within_ipv6_is_one_client_each(app_of: Callable[..., flask.Flask]) -> None:
    client = app_of(RATE=1).test_client()
    for last in (1, 2, 3):
        environ = {"REMOTE_ADDR": f"::ffff:192.0.2.{last}"}
        assert client.get("/search.json?q=sora", environ_base=environ).status_code == 200
        assert client.get("/search.json?q=sora", environ_base=environ).status_code == 429


def test_the_host_that_was_sent_is_judged_behind_a_proxy_too(
    app_of: Callable[..., flask.Flask],
) -> None:
    client = app_of(TRUSTED_HOSTS=["demo.example"], PROXY_HOPS=1).test_client()
    headers = {"X-Forwarded-Host": "demo.example"}
    trusted = client.get("/healthz", base_url="http://demo.example", headers=headers)
    assert trusted.status_code == 200
    assert (
        client.get("/healthz", base_url="http://evil.example", headers=headers).status_code == 400
    )
    headers = {"X-Forwarded-Host": "evil.example"}
    assert (
        client.get("/healthz", base_url="http://demo.example", headers=headers).status_code == 400
    )


def test_the_public_address_is_that_of_feeds_whatever_a_request_says(
    app_of: Callable[..., flask.Flask],
) -> None:
    client = app_of(PUBLIC_URL="https://presse.example/glose").test_client()
    for address in ("/opensearch.xml", "/search.atom?q=sora"):
        text = client.get(address, base_url="http://evil.example:8000").text
        assert "https://presse.example/glose/" in text
        assert "evil.example" not in text


def test_a_host_with_its_port_stays_whole(app_of: Callable[..., flask.Flask]) -> None:
    client = app_of().test_client()
    text = client.get("/search.atom?q=sora", base_url="http://demo.example:8000").text
    assert "http://demo.example:8000/search" in text


SUPERVISION = [
    # token, headers, status
    ("", {}, 404),
    ("", {"Authorization": "Bearer "}, 404),
    ("sesame", {}, 404),
    ("sesame", {"Authorization": "Bearer sesam"}, 404),
    ("sesame", {"Authorization": "Basic c2VzYW1l"}, 404),
    ("sesame", {"Authorization": "Bearer sesame"}, 200),
    ("sesame", {"Authorization": "Bearer sesame", "X-Forwarded-For": "192.0.2.1"}, 404),
    ("sesame", {"Authorization": "Bearer sesame", "Via": "1.1 cache"}, 404),
]


@pytest.mark.parametrize("hops", [0, 1])
@pytest.mark.parametrize(("token", "headers", "status"), SUPERVISION)
def test_metrics_ask_for_a_token_and_never_pass_a_proxy(
    app_of: Callable[..., flask.Flask], token: str, headers: dict[str, str], status: int, hops: int
) -> None:
    client = app_of(METRICS_TOKEN=token, PROXY_HOPS=hops).test_client()
    assert client.get("/metrics", headers=headers).status_code == status


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
        of_articles = {"/static/hits.js", "/static/passages.js"}
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
    table = client.get("/search.csv?q=pagination", headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in table.headers
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
