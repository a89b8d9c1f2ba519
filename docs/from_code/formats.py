"""What does the page of the formats say? (the formats in the order they are tried)"""

from __future__ import annotations

from pathlib import Path

from from_code.markdown import code, table
from indexer.pipeline.sources import FORMATS
from indexer.reporting import Rank

ROOT = Path(__file__).parents[2]

RANKS = {
    Rank.COMMENTS: "commentaires tenus ailleurs",
    Rank.TEXT: "texte d’une page",
    Rank.FEED: "flux",
    Rank.PAGE: "page HTML",
    Rank.API: "interface d’un site",
    Rank.EXPORT: "exportation, ou fait par vous",
}


def formats_page() -> str:
    """The formats that are read."""
    rows = [
        [code(form.name), RANKS[form.rank]]
        for form in FORMATS
        if form.name not in ("refused", "unknown", "manifest")
    ]
    return "\n\n".join(
        [
            "# Les formats lus",
            "C’est le contenu d’un fichier qui décide de son format, et non son nom. "
            "`glose check FICHIER` dit lequel est reconnu, et ce qui y est lu, sans rien indexer ; "
            "`--format` l’impose.",
            "## Dans l’ordre où ils sont essayés",
            "La seconde colonne dit ce que le format sait d’un article : quand deux sources "
            "donnent le même, la meilleure l’emporte ([](#le-même-article-de-plusieurs-sources)).",
            table(["`--format`", "sorte de source"], rows),
            "```{include} ../../FORMAT.md\n:start-line: "
            + str(_line("FORMAT.md", "## La page en texte"))
            + "\n```",
        ]
    )


def _line(file: str, heading: str) -> int:
    """Return how many lines of a root file come before a heading."""
    return (ROOT / file).read_text("utf-8").splitlines().index(heading)
