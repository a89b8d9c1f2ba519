"""What is said of a question that would have taken too much work?"""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from index.engines.in_process import work

QUESTION = 'q="le nda"'


@pytest.fixture(autouse=True)
def heavy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "EVALUATION", 0)
    monkeypatch.setattr(work, "ALL", 0)


def test_the_endpoint_says_what_was_stopped(client: FlaskClient) -> None:
    body = client.get(f"/search.json?{QUESTION}").get_json()
    assert body["stopped"] == ["conditions", "facets", "counts"]
    assert body["totals"]["exact"] is False
    assert body["totals"]["passages"] > 0
    assert not any(body["facets"].values())
    codes = [notice["code"] for notice in body["query"]["notices"]]
    assert codes == ["too_heavy", "not_counted"]


def test_the_page_says_so_in_french(client: FlaskClient) -> None:
    page = client.get(f"/search?{QUESTION}").text
    assert "au plus" in page
    assert "trop courants" in page
    assert "demande trop de calcul" in page


@pytest.mark.parametrize("ask", ["", "&show=found", "&show=found&sort=newest", "&start=0"])
def test_an_article_is_shown_and_not_counted(client: FlaskClient, ask: str) -> None:
    article = client.get(f"/article/demo:sora.json?{QUESTION}{ask}").get_json()
    assert article["part"]["answering"] is None
    assert len(article["passages"]) == article["part"]["listed"] == article["part"]["passages"]
    assert client.get(f"/article/demo:sora?{QUESTION}{ask}").status_code == 200


@pytest.mark.parametrize(
    "address",
    ["search.csv", "search.xlsx", "search.atom", "timeline", "timeline.json"],
)
def test_what_has_no_place_to_say_so_is_refused(client: FlaskClient, address: str) -> None:
    answer = client.get(f"/{address}?{QUESTION}")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
