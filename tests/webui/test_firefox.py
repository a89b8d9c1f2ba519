"""Does the page work in Firefox as in Chromium: read, typed in, walked by keys, seen by axe?"""

from __future__ import annotations

import importlib.util
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import axe_playwright_python  # type: ignore[import-untyped]
import pytest

HERE = Path(__file__).parent
PROGRAM = next(filter(None, map(shutil.which, ("firefox-esr", "firefox"))), None)
AXE = next(Path(axe_playwright_python.__file__).parent.rglob("axe.min.js"))
STATES = {
    "home": "/",
    "results": "/search?q=artistes -openai",
    "pages": "/search?q=pagination&size=5&page=3&category=Droit",
    "nothing": "/search?q=zzyzx&category=IA",
    "period": "/search?q=artistes&from=début décembre 2024",
    "hostile": "/search?q=hostile",
    "article": "/article/demo:sora?q=artistes#occ-3",
    "syntax": "/syntax",
    "problem": "/search?page=0",
}
DOWN, ENTER, ESCAPE = "\ue015", "\ue007", "\ue00c"

pytestmark = pytest.mark.browser

spec = importlib.util.spec_from_file_location("firefox", HERE / "firefox.py")
assert spec is not None
assert spec.loader is not None
firefox = importlib.util.module_from_spec(spec)
spec.loader.exec_module(firefox)


@pytest.fixture(scope="module")
def open_firefox(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Callable[..., firefox.Firefox]]:
    if PROGRAM is None:
        if os.environ.get("CI") == "true":
            pytest.fail("Firefox is not installed")
        pytest.skip("Firefox is not installed")
    windows: dict[str, firefox.Firefox] = {}

    def window(**preferences: object) -> firefox.Firefox:
        """One for each set of preferences: Firefox takes seconds to start."""
        key = repr(preferences)
        if key not in windows:
            profile = tmp_path_factory.mktemp("firefox") / "profile"
            windows[key] = firefox.Firefox(PROGRAM, profile, **preferences)
        return windows[key]

    yield window
    for window_opened in windows.values():
        window_opened.__exit__(None, None, None)


LIGHTS: dict[str, dict[str, object]] = {
    "light": {},
    "dark": {"ui.systemUsesDarkTheme": 1, "layout.css.prefers-color-scheme.content-override": 0},
    "forced": {"browser.display.document_color_use": 2},
}


@pytest.mark.parametrize("light", LIGHTS)
def test_axe_finds_nothing(
    open_firefox: Callable[..., firefox.Firefox], address: str, light: str
) -> None:
    window = open_firefox(**LIGHTS[light])
    violations = {}
    axe = AXE.read_text("utf-8")
    for state, path in STATES.items():
        window.size(320, 800)
        window.go(address + path)
        window.run("for (const one of document.querySelectorAll('details')) one.open = true")
        window.run(axe)
        for width in (320, 1280):
            window.size(width, 800)
            axe_report = window.ask(
                "WebDriver:ExecuteAsyncScript", newSandbox=False, args=[],
                script="const done = arguments[0];"
                "axe.run({resultTypes: ['violations']}).then((found) => done(found.violations));",
            )  # fmt: skip
            violations |= {
                (width, state, violation["id"]): violation["help"] for violation in axe_report
            }
            if window.run("return document.documentElement.scrollWidth > innerWidth"):
                violations[width, state, "wide"] = window.run(
                    "return String([document.documentElement.scrollWidth, innerWidth])"
                )
    assert violations == {}


def test_what_is_typed_is_what_is_asked(
    open_firefox: Callable[..., firefox.Firefox], address: str
) -> None:
    window = open_firefox()
    window.size(1280, 800)
    window.go(address)
    window.type("/")
    window.wait("return document.activeElement.id === 'q'")
    window.type(*"avocat art")
    window.wait("return document.querySelectorAll('[role=option]').length")
    marks = (
        "return [...document.querySelectorAll('.passage-offer mark')].map((one) => one.textContent)"
    )
    assert window.wait(marks) == ["avocat", "artistes"]
    window.type(DOWN)
    active = "return document.getElementById('q').getAttribute('aria-activedescendant')"
    active_option = window.wait(active)
    assert (
        window.run("return document.getElementById(arguments[0]).ariaSelected", active_option)
        == "true"
    )
    window.type(ESCAPE)
    assert window.run("return document.getElementById('q').value") == "avocat art"
    window.type(ENTER)
    window.wait("return location.pathname + location.search === '/search?q=avocat+art'")


def test_keys_walk_results_and_occurrences(
    open_firefox: Callable[..., firefox.Firefox], address: str
) -> None:
    window = open_firefox()
    window.go(f"{address}/search?q=artistes")
    window.type("j")
    window.wait("return document.activeElement.matches('.result h3 a')")
    window.go(f"{address}/article/demo:sora?q=artistes")
    window.type("n")
    window.wait("return location.hash.startsWith('#occ-')")
    position = (
        "const at = document.querySelector(location.hash).getBoundingClientRect();"
        "return at.top >= 0 && at.bottom <= innerHeight"
    )
    assert window.wait(position)


def test_without_script_one_asks_and_turns_pages(
    open_firefox: Callable[..., firefox.Firefox], address: str
) -> None:
    window = open_firefox(**{"javascript.enabled": False})

    def find(selector: str) -> str:
        response = window.ask("WebDriver:FindElement", using="css selector", value=selector)
        [element] = response.values()
        return str(element)

    window.go(f"{address}/search?q=pagination&size=5")
    window.ask("WebDriver:ElementClick", id=find(".pagination [rel=next]"))
    current_address = window.ask("WebDriver:GetCurrentURL")
    assert "page=2" in current_address
    assert "state=" in current_address
    window.ask("WebDriver:ElementClear", id=find("#q"))
    window.ask("WebDriver:ElementSendKeys", id=find("#q"), text="avocat")
    window.ask("WebDriver:ElementClick", id=find(".field button"))
    assert window.ask("WebDriver:GetCurrentURL").startswith(f"{address}/search?q=avocat")
    assert window.ask("WebDriver:GetElementText", id=find(".result mark")) == "avocat"
