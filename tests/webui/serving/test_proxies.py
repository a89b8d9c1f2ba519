"""Which hosts are answered, and what is believed of a proxy?"""

from __future__ import annotations

from collections.abc import Callable

import flask
import pytest


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
