"""Where do the links lead of a file at the root of the repository that a page includes?

They are written for who reads the file where it is; here they lead to the pages of the site.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

ROOT = Path(__file__).parent.parent

PAGES = {
    "README.md": "/index.md",
    "SERVICE.md": "/guides/index.md",
    "FORMAT.md": "/reference/formats.md",
    "ACCESSIBILITE.md": "/explications/accessibilite.md",
    "ARCHITECTURE.md": "/developpement/architecture.md",
    "CONTRIBUTING.md": "/developpement/contribuer.md",
    "CHANGELOG.md": "/developpement/changements.md",
    "docs/proxies/": "/guides/mandataire.md",
    "docs/decisions/README.md": "/developpement/decisions.md",
}
"""Where the site says what a file at the root says."""

_LINK = re.compile(r"(?P<words>\[[^\]]*\])\((?P<target>[^)\s]+)\)")


def site_links(text: str) -> str:
    """Return a root file's text, its links made for a page one folder deep in `docs/`.

    >>> site_links("[le format](FORMAT.md#ids), [la taille](docs/scale.md), [ici](#ici)")
    '[le format](/reference/formats.md#ids), [la taille](/scale.md), [ici](#ici)'
    """
    return _LINK.sub(_led, text)


def _led(link: re.Match[str]) -> str:
    words, target = link["words"], link["target"]
    file, sign, anchor = target.partition("#")
    if file in PAGES:
        return f"{words}({PAGES[file]}{sign}{anchor})"
    if "://" in target or target.startswith("#"):
        return link[0]
    path = ROOT / file
    if path.is_dir():
        # nothing to read there
        return words[1:-1]
    if target.startswith("docs/"):
        return f"{words}({target.removeprefix('docs')})"
    return f"{words}(../../{target})"


def promoted(text: str) -> str:
    """Return the text of SERVICE.md, the sections of its halves as those of a page.

    >>> promoted("## A\\n### B\\n")
    '## A\\n## B\\n'
    """
    return re.sub(r"^### ", "## ", text, flags=re.M)


def _included(app: Sphinx, path: Path, page: str, content: list[str]) -> None:
    if path.parent == Path(".."):
        text = promoted(content[0]) if path.name == "SERVICE.md" else content[0]
        content[0] = site_links(text)


def setup(app: Sphinx) -> dict[str, Any]:
    app.connect("include-read", _included)
    return {"parallel_read_safe": True}
