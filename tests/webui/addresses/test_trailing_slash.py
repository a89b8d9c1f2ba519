"""Where does an address lead that has a slash too many?"""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient


@pytest.mark.parametrize(
    ("asked", "location"),
    [
        ("/search/", "/search"), ("/search/?q=a+b&in=comments", "/search?q=a+b&in=comments"),
        ("/search.json//?q=%C3%A9t%E9", "/search.json?q=%C3%A9t%E9"), ("/api/", "/api"),
        ("/status/", "/status"), ("/openapi.json/", "/openapi.json"), ("/healthz/", "/healthz"),
    ],
)  # fmt: skip
def test_a_slash_at_the_end_leads_to_the_address_without(
    client: FlaskClient, asked: str, location: str
) -> None:
    answer = client.get(asked)
    assert (answer.status_code, answer.location) == (301, location)
    assert client.get(location).status_code == 200
    mounted = client.get(asked, environ_overrides={"SCRIPT_NAME": "/glose"})
    assert mounted.location == f"/glose{location}"


@pytest.mark.parametrize("asked", ["/nope/", "//search.example/", "/search/x/"])
def test_a_slash_after_nothing_of_ours_leads_nowhere(client: FlaskClient, asked: str) -> None:
    answer = client.get("/", environ_overrides={"PATH_INFO": asked})
    assert answer.status_code == 404


def test_two_slashes_at_the_beginning_lead_to_no_other_host(client: FlaskClient) -> None:
    answer = client.get("/", environ_overrides={"PATH_INFO": "//search/"})
    assert answer.location == "/search"
