"""How does one follow a question: by a feed reader, or by a command?"""

from __future__ import annotations

import shlex
from dataclasses import dataclass, replace

from webui.addresses.links import Links, absolute
from webui.addresses.parameters import SearchParams


@dataclass(frozen=True, slots=True)
class Following:
    """The address of a question's feed, and the shell line that reports its new answers.

    `host` is the absolute address of the home page, ending with a slash. An order and a page are
    of no use to who follows.

    >>> following = Following(SearchParams(q="l'été", page=2), Links(), "https://presse.example/")
    >>> following.feed
    'https://presse.example/search.atom?q=l%27%C3%A9t%C3%A9'
    >>> following.line
    "glose alert 'https://presse.example/search?q=l%27%C3%A9t%C3%A9'"
    """

    params: SearchParams
    links: Links
    host: str

    @property
    def feed(self) -> str:
        return absolute(self.links.search(self._params, ".atom"), self.links, self.host)

    @property
    def line(self) -> str:
        page = absolute(self.links.search(self._params), self.links, self.host)
        return f"glose alert {shlex.quote(page)}"

    @property
    def _params(self) -> SearchParams:
        return replace(self.params, sort=None, page=1, size=10, group="article")
