"""What is remembered of a WordPress, and of what its interface answered?"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Site:
    """A WordPress: where its interface begins, and what it says of itself."""

    api: str
    home: str
    name: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Validator:
    """What a site gave to ask again whether an answer changed."""

    etag: str = ""
    modified: str = ""

    @property
    def headers(self) -> dict[str, str]:
        conditions = {"If-None-Match": self.etag, "If-Modified-Since": self.modified}
        return {name: value for name, value in conditions.items() if value}
