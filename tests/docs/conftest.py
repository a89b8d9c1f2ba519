"""A browser for the pages of the documentation."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright


@pytest.fixture(scope="session")
def docs_browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        try:
            opened = playwright.chromium.launch()
        except Exception as error:
            pytest.skip(f"Chromium does not start: {error}")
        yield opened
        opened.close()


@pytest.fixture
def docs_tab(docs_browser: Browser) -> Iterator[Callable[[int], Page]]:
    """Opens a page of a width in a context of its own, closed with the test."""
    contexts = []

    def tab(width: int) -> Page:
        context = docs_browser.new_context(
            locale="fr-FR", viewport={"width": width, "height": 800}, reduced_motion="reduce"
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        return page

    yield tab
    for context in contexts:
        context.close()
