"""A browser for the pages of the documentation."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.webui.conftest import ARGUMENTS, CHROMIUM, PATIENCE


@pytest.fixture(scope="module")
def docs_browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        if os.environ.get("CI") == "true":
            pytest.fail("Chromium is not installed")
        pytest.skip("Chromium is not installed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


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
        page.set_default_timeout(PATIENCE)
        return page

    yield tab
    for context in contexts:
        context.close()
