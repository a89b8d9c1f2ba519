"""Does what people wrote in Arabic or in Hebrew leave the French around it in its place?"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import flask
import pytest
from lxml import html

from index.record import About, Quote, Record

ARABIC, HEBREW = "مرحبا بكم 12", "שלום לכולם 7"
RIGHT_TO_LEFT = re.compile("[\u0590-\u07ff]")


def records() -> list[Record]:
    about = About(
        "rtl:1", f"{ARABIC} zibeline", "https://rtl.example/1", ARABIC, f"{HEBREW} zibeline",
        (ARABIC, HEBREW), (), (ARABIC, HEBREW), "2024-12-02T09:08:00+01:00", None, 4, 2,
    )  # fmt: skip
    comment = {"author": HEBREW, "start": "2024-12-03", "end": "2024-12-03", "precision": "day"}
    return [
        Record(about.id, "lead", about, 0, about.title, about.standfirst or "", anchor="lead"),
        Record("rtl:1#section-1", "section", about, 1, f"{HEBREW} zibeline",
               f"{ARABIC} zibeline !\n{HEBREW}.", anchor="section-1"),
        Record("rtl:1#comment-1", "comment", about, 2, f"{ARABIC} titre",
               f"{ARABIC} zibeline !", anchor="comment-1", **comment),
        Record("rtl:1#comment-2", "comment", about, 3, "", f"{HEBREW} zibeline.",
               (Quote(ARABIC, HEBREW, "rtl:1#comment-1"),), anchor="comment-2",
               parent="rtl:1#comment-1", depth=1, **comment),
    ]  # fmt: skip


def loose_texts(page: str) -> Iterator[str]:
    """The texts from right to left that no element keeps apart from what is around."""
    for element in html.fromstring(page).find("body").iter():
        places = [(element.text, element)] + [(child.tail, element) for child in element]
        for text, place in places:
            if not text or not RIGHT_TO_LEFT.search(text):
                continue
            around = [place, *place.iterancestors()]
            if not any(
                ancestor.tag == "bdi" or ancestor.get("dir") == "auto" for ancestor in around
            ):
                yield f"<{place.tag} class={place.get('class')}> {text.strip()}"


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/search?q=zibeline",
        "/search?q=zibeline&group=none&commenter=" + HEBREW,
        "/search?q=titre:zibeline",
        "/article/rtl:1",
        "/article/rtl:1?q=zibeline&show=found",
        "/values?q=zibeline&facet=category",
        "/values?q=zibeline&facet=commenter&commenter=" + HEBREW,
    ],
)
def test_what_people_wrote_goes_in_its_own_direction(
    app_of: Callable[..., flask.Flask], address: str, language: str
) -> None:
    page = app_of(records()).test_client().get(address, headers={"Accept-Language": language})
    assert page.status_code == 200
    assert RIGHT_TO_LEFT.search(page.text)
    assert list(loose_texts(page.text)) == []
