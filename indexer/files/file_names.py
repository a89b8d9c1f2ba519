"""Which files are worth opening, from their names alone?

In a folder or an archive only: a file that is named on the command line is always opened.
"""

from __future__ import annotations

from pathlib import PurePath

PACKED = (".gz", ".xz", ".zst", ".bz2")
"""Added to the name of a file that is compressed."""
ARCHIVES = (".zip", ".tar", ".tgz", ".txz", ".tbz2", ".tbz")
_PAGES = (
    *(".txt", ".text", ".json", ".jsonl", ".ndjson"),
    *(".html", ".htm", ".xhtml", ".shtml", ".mhtml", ".mht"),
    *(".warc", ".arc", ".wacz"),
    *(".md", ".markdown", ".mdown", ".mkd", ".mkdn", ".mdwn", ".mdtext"),
    *(".csv", ".tsv", ".tab", ".parquet"),
    *(".xml", ".wxr", ".rss", ".atom", ".rdf", ".db", ".sqlite", ".sqlite3", ".sql"),
)
_DATA = (".yml", ".yaml")
"""Of a site's data and settings, only comments are worth opening, in folders named so."""
_COMMENTS = frozenset(("comments", "commentaires"))
_SAVED_BESIDE = ("_files", "_fichiers", "_archivos", "_dateien", "-Dateien")
"""What browsers add to a page's name for the folder of its pictures and frames."""


def is_candidate(path: PurePath) -> bool:
    """Return whether a file met in a folder is worth opening, from its name.

    >>> is_candidate(PurePath("a/articles.jsonl.xz")), is_candidate(PurePath("a/photo.jpg"))
    (True, False)
    >>> is_candidate(PurePath("_data/comments/a/1.yml")), is_candidate(PurePath("_config.yml"))
    (True, False)
    """
    name = path.name.lower()
    for packed in PACKED:
        name = name.removesuffix(packed)
    if name.endswith(_DATA) and not name.startswith("."):
        return any(folder.strip("_").lower() in _COMMENTS for folder in path.parts[:-1])
    return name.endswith((*_PAGES, *ARCHIVES)) and not name.startswith(".")


def saved_beside(folder: str, names: set[str]) -> bool:
    """Return whether a folder holds what a browser saved of a page that is beside it.

    >>> saved_beside("Sora_fichiers", {"Sora.html"}), saved_beside("Sora_fichiers", {"a.html"})
    (True, False)
    """
    for end in _SAVED_BESIDE:
        if folder.endswith(end):
            page = folder.removesuffix(end)
            return not names.isdisjoint({f"{page}.html", f"{page}.htm", f"{page}.xhtml"})
    return False
