"""Which HTML is a message in BBCode shown as?

In the BBCode of phpBB before 3.2 (`[b:1a2b3c]`), MyBB, SMF, vBulletin and XenForo. Other words
between brackets (`[sic]`) are text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape, unescape

_WORDS = (
    "b i u s strike color colour size font center left right justify align sub sup indent list"
    " spoiler highlight h1 h2 h3 table tr td th li ul ol email user mention ispoiler member"
)
_LINKS = ("url", "topic", "post")
_CODE = ("code", "php", "html")
_OUTSIDE = ("img", "attach", "attachment", "media", "youtube", "video", "audio", "flash", "gallery")
_NAMES = "|".join((*_WORDS.split(), *_LINKS, *_OUTSIDE, *_CODE, "quote"))
_TAG = re.compile(
    rf"\[(?P<close>/?)(?P<name>{_NAMES})"
    r"(?P<value>(?:[=:]|\s[^\[\]\n=]{0,40}=)[^\[\]\n]{0,500})?\]|\[(?P<item>\*)\]",
    re.IGNORECASE,
)
_AWAY = re.compile(
    rf"\[({'|'.join(_OUTSIDE)})(?:[=:\s][^\[\]\n]{{0,500}})?\][^\[\]]{{0,2000}}\[/\1(?::\w{{1,12}})?\]",
    re.IGNORECASE,
)
_UID = re.compile(r":\w{4,12}$")


def is_bbcode(text: str) -> bool:
    """Return whether a text has a tag that is opened and closed.

    >>> is_bbcode("[b]Bac[/b]"), is_bbcode("Le bac [sic] part [b]"), is_bbcode("[1] et [/1]")
    (True, False, False)
    """
    return bool(_paired(text))


def bbcode_html(text: str) -> str:
    """Return as HTML a text in HTML whose BBCode alone is not.

    >>> bbcode_html("[quote=Zoé]Où ?[/quote]Là : [url=https://a.example/][b]ici[/b][/url].")
    '<blockquote>Où ?</blockquote>Là : <a href="https://a.example/">ici</a>.'
    """
    text = _AWAY.sub("", text)
    paired = _paired(text)
    last_ends = {_name(match): match.start() for match in _TAG.finditer(text) if match["close"]}
    quotes = [match["close"] for match in _TAG.finditer(text) if _name(match) == "quote"]
    # one that is not closed would make quotes of all that follows
    tags = {"quote": "blockquote"} if 2 * quotes.count("/") == len(quotes) else {}
    pieces, at, code = [], 0, ""
    for match in _TAG.finditer(text):
        name = _name(match)
        if code and not (match["close"] and name == code):
            continue
        alone = name in _OUTSIDE and match["value"]
        if not alone and ("list" if name == "*" else name) not in paired:
            # forums show it too: `t[i]`
            continue
        pieces.append(text[at : match.start()])
        at = match.end()
        if name in _CODE and (code or match.start() < last_ends.get(name, 0)):
            code = "" if code else name
            pieces.append("<pre>" if code else "</pre>")
        else:
            pieces.append(_tag(match, name, tags))
    return "".join((*pieces, text[at:]))


def _paired(text: str) -> set[str]:
    """The names of the tags that are opened, and closed further on."""
    opened, paired = set(), set()
    for match in _TAG.finditer(text if "[/" in text else ""):
        name = _name(match)
        if not match["close"]:
            opened.add(name)
        elif name in opened:
            paired.add(name)
    return paired


def _name(match: re.Match[str]) -> str:
    return (match["name"] or "*").casefold()


def _tag(match: re.Match[str], name: str, tags: Mapping[str, str]) -> str:
    if name in tags:
        return f"<{match['close']}{tags[name]}>"
    if name == "url":
        return "</a>" if match["close"] else _opened(match)
    return "\n" if name in ("*", "quote") else ""


def _opened(match: re.Match[str]) -> str:
    """The opening tag of a link; without an address where its words are one."""
    value = match["value"] or ""
    address = unescape(_UID.sub("", value[1:])).strip(" \"'") if value.startswith("=") else ""
    return f'<a href="{escape(address)}">' if address else "<a>"
