"""Is every page built as those who do not see it need?"""

from __future__ import annotations

from itertools import pairwise

import pytest
from flask.testing import FlaskClient
from lxml import html

PAGES = (
    "/", "/search", "/search?q=artistes -openai", "/search?q=le foo:artistes",
    "/search?q=avocat pagination", "/search?q=pagination&size=5&page=3&category=Droit",
    "/search?q=zzyzx&category=IA", "/search?q=xzyzx&from=2021", "/search?q=hostile",
    "/article/demo:sora?q=artistes",
    "/search?q=pagination&category=Droit&from=2021&to=2021", "/values?q=pagination&contains=r",
    "/values?facet=commenter&commenter=Zo%C3%A9", "/timeline?q=pagination",
    "/timeline?q=pagination&compare=num%C3%A9ro&share=yes", "/timeline?q=zzyzx",
    "/article/demo:sora", "/syntax", "/api", "/status", "/search?page=0", "/nope",
)  # fmt: skip


@pytest.fixture(params=PAGES)
def page(request: pytest.FixtureRequest, client: FlaskClient) -> html.HtmlElement:
    return html.fromstring(client.get(request.param).text)


def test_each_identifier_is_given_once_and_each_reference_is_held(page: html.HtmlElement) -> None:
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    referenced = page.xpath("//@for | //@aria-controls")
    for several in page.xpath("//@aria-labelledby | //@aria-describedby"):
        referenced += several.split()
    assert set(referenced) <= set(ids)
    inner_targets = {
        href[1:] for href in page.xpath("//a/@href") if href.startswith("#") and href != "#"
    }
    assert {target for target in inner_targets if "%" not in target} <= set(ids)


def test_headings_are_a_plan(page: html.HtmlElement) -> None:
    path = "//body//*[self::h1 or self::h2 or self::h3 or self::h4][not(ancestor::dialog)]"
    levels = [int(element.tag[1]) for element in page.xpath(path)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels)), levels
    assert all(
        element.text_content().strip() for element in page.xpath("//h1 | //h2 | //h3 | //h4")
    )
    filters = [element.text_content() for element in page.xpath("//aside//h2")]
    assert len(filters) == len(set(filters))


def test_landmarks_are_there_and_named(page: html.HtmlElement) -> None:
    for name in ("header", "main", "footer"):
        assert len(page.xpath(f"//body/{name}")) == 1
    navs = page.xpath("//nav/@aria-label")
    assert len(navs) == len(set(navs)) == len(page.xpath("//nav"))
    assert page.xpath("//search")
    [skip] = page.xpath("//body/a[1]/@href")
    assert page.xpath(f"//main[@id='{skip[1:]}']")


def test_fields_tables_and_pictures_say_what_they_are(page: html.HtmlElement) -> None:
    for field in page.xpath("//input[not(@type='hidden')]"):
        assert page.xpath(f"//label[@for='{field.get('id')}']") or field.xpath("ancestor::label")
    assert all(element.text_content().strip() for element in page.xpath("//button"))
    for table in page.xpath("//table"):
        assert table.xpath("caption")
        assert not table.xpath(".//th[not(@scope)]")
    assert not page.xpath("//img[not(@alt)]")
    assert not page.xpath("//svg[not(@aria-hidden='true') and not(@role='img')]")
    mute = "not(normalize-space(.)) and not(@aria-label) and not(.//title)"
    assert not page.xpath(f"//a[@href][{mute}]")
    assert not page.xpath("//*[@target]")


def test_pages_have_their_language_and_title(client: FlaskClient) -> None:
    titles = []
    for address in PAGES:
        for language in ("fr", "en"):
            answer = client.get(address, headers={"Accept-Language": language})
            page = html.fromstring(answer.text)
            assert page.get("lang") == language
            titles.append((language, page.findtext(".//title")))
            # other people's words are French in an English page
            quoted_elements = page.xpath("//blockquote | //li/article/h3 | //article/header/h1")
            for element in quoted_elements if language == "en" else ():
                assert element.xpath("ancestor-or-self::*[@lang][1]/@lang") == ["fr"]
    assert len(set(titles)) >= len(titles) - 4
