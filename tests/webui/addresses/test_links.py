"""Which addresses of other people may a page link to?"""

from __future__ import annotations

import pytest

from webui.addresses import outside


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://demo.example", "https://demo.example"),
        ("https://demo.example/a;b?c=[d]&e=\"f\"#g", "https://demo.example/a;b?c=[d]&e=\"f\"#g"),
        (" https://demo.example/é ", "https://demo.example/é"),
        ("HTTP://demo.example:8080/", "HTTP://demo.example:8080/"),
        ("https://[::1]/", "https://[::1]/"),
        ("https://[::1/", None),
        ("https:///a", None),
        ("//demo.example/", None),
        ("javascript:alert(1)//https://demo.example/", None),
        ("https\n://demo.example/", "https\n://demo.example/"),
        ("", None),
    ],
)  # fmt: skip
def test_only_an_address_of_the_web_is_linked_to(address: str, expected: str | None) -> None:
    assert outside(address) == expected


def test_a_plain_address_is_not_taken_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("webui.addresses.links.urlsplit", lambda _: pytest.fail("taken apart"))
    for address in ("http://demo.example/05/zibeline.html?p=1#c2", "https://a-b.example"):
        assert outside(address) == address
