"""May what Glose installs be given with it, under GPL-3.0-or-later?"""

from __future__ import annotations

import pytest

from tests import licences

PACKAGES = licences.licensed()


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package.name)
def test_the_licence_of_each_package_allows_it(package: licences.Licensed) -> None:
    if package.name in licences.DOUBTFUL:
        # when it is clear, its line is to go
        assert not licences.compatible(package.licence)
    else:
        assert licences.compatible(package.licence), package


def test_what_is_doubtful_is_installed_by_an_extra_and_said() -> None:
    doubtful = {package.name: package for package in PACKAGES if package.name in licences.DOUBTFUL}
    assert doubtful.keys() == licences.DOUBTFUL.keys()
    assert all(package.extra for package in doubtful.values())
    text = licences.document().read_text("utf-8")
    assert all(f"`{name}`" in text for name in doubtful)


def test_each_package_is_in_the_table() -> None:
    """`make readme` makes it anew; another Python may do with fewer packages."""
    text = licences.document().read_text("utf-8")
    rows = text.partition(licences.BEGIN)[2].partition(licences.END)[0].splitlines()
    assert [line for line in licences.table().splitlines() if line not in rows] == []


@pytest.mark.parametrize(
    ("expression", "is_allowed"),
    [
        ("MIT", True),
        ("GPL-2.0-only", False),
        ("MPL-1.1 OR GPL-2.0-only OR LGPL-2.1-or-later", True),
        ("MIT AND (Apache-2.0 OR MIT)", True),
        ("MIT AND SSPL-1.0", False),
        ("(MIT", False),
        ("MIT MIT", False),
        ("unknown", False),
        ("", False),
    ],
)
def test_expressions(expression: str, is_allowed: bool) -> None:
    assert licences.compatible(expression) is is_allowed
