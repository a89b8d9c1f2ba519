"""What is gathered of one section while its HTML is read, and what does it become?"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import accumulate

from indexer.article import Embed, Section


def behind(links: list[str], text: str) -> tuple[str, ...]:
    """Return of some links those whose address is not in the text, each once."""
    return tuple(link for link in dict.fromkeys(links) if link not in text)


@dataclass(slots=True)
class SectionPart:
    """A section being read; `shown` are posts, as (kind, first line, line after the last)."""

    headline: str | None = None
    level: int | None = None
    anchor: str | None = None
    lines: list[str] = field(default_factory=list)
    shown: list[tuple[str, int, int]] = field(default_factory=list)
    links: list[str] = field(default_factory=list)

    def section(self) -> Section:
        embeds = []
        starts = list(accumulate((len(line) + 1 for line in self.lines), initial=0))
        for kind, first, after in self.shown:
            last = self.lines[after - 1]
            attribution = last if last[:1] in "-–—" else None
            embeds.append(Embed(kind, starts[first], starts[after] - 1, attribution))
        text = "\n".join(self.lines)
        links = behind(self.links, f"{self.headline}\n{text}")
        extra = {"links": list(links)} if links else {}
        return Section(self.headline, text, self.level, self.anchor, tuple(embeds), extra)
