"""What HTML does a text in Textile mean?

What people write of it in entries (Movable Type's `textile_1` and `textile_2`, of Textile 2):
headings, quotations, lists, notes, links, images, emphasis. Tables stay as their cells' lines.

The library textile 4.0.4 reads all of the language, but the time it takes grows with the square of
some texts (twenty kilobytes: eleven seconds), and anybody may write a comment; and it names notes
at random, so that the same entry would change each night. Here each pattern is bounded.
"""

from __future__ import annotations

import re

_STYLE = r"(?:\([^()\n]{0,60}\)|\{[^{}\n]{0,200}\}|\[[a-z-]{2,10}\]|[<>=]{1,2}|[()]){0,4}"
_SIGNED = re.compile(
    rf"(?P<tag>h[1-6]|bq|p|fn(?P<note>\d{{1,3}})|pre|bc){_STYLE}\.{{1,2}}(?::\S+)? "
)
_ITEM = re.compile(rf"(?P<marks>[*#]{{1,6}}){_STYLE} (?P<words>[^\s*#].*)")
_LINK = re.compile(
    r"\[?\"(?P<words>[^\"\n]{1,300}?)(?:\([^()\n\"]{1,200}\))?\":(?P<to>(?:https?://|mailto:|[/#.])"
    r"[^\s\"<>\])]{0,1000}[\w/#&=-])\]?"
)
_IMAGE = re.compile(
    r"!(?:[<>=]{0,2})(?P<of>[^\s!]{3,1000}?)(?:\((?P<alt>[^()\n]{1,300})\))?!(?::\S+)?"
)
_CALL = re.compile(r"(?<=\w)\[(\d{1,3})\]")
_ACRONYM = re.compile(r"\b([A-Z][A-Z0-9]{1,15})\([^()\n]{2,200}\)")
_AROUND = "|".join(
    re.escape(mark) for mark in ("**", "__", "??", "*", "_", "-", "+", "^", "~", "@")
)
_PHRASE = re.compile(
    rf"(?<![\w*_@+^~-])(?P<mark>{_AROUND})(?P<words>(?=[^\s*_@+^~-])[^\n]{{0,300}}?(?<=[^\s]))(?P=mark)(?![\w*_@+^~-])"
)
_SPAN = re.compile(r"%(?:\{[^{}\n]{0,200}\}|\([^()\n]{0,60}\))?([^%\n]{1,400})%")
_ROW = re.compile(rf"\|.*\||table{_STYLE}\.")


def textile_html(text: str) -> str:
    """The HTML of a text in Textile, enough of it for its sections and words to be read.

    >>> textile_html('h2. Le bac\\n\\nUn _passeur_ et "sa page":https://a.example/jo.')
    '<h2>Le bac</h2>\\n<p>Un passeur et <a href="https://a.example/jo">sa page</a>.</p>'
    >>> textile_html("* un\\n* deux\\n\\nbq. Trois.")
    '<ul><li>un</li><li>deux</li></ul>\\n<blockquote>Trois.</blockquote>'
    """
    blocks = re.split(r"\n[ \t]*\n", text.strip("\n"))
    return "\n".join(_block(block) for block in blocks if block.strip())


def _block(block: str) -> str:
    if block.lstrip().startswith("<"):
        return block
    signed = _SIGNED.match(block)
    if signed is None:
        return _lines(block)
    words = _inline(block[signed.end() :]).replace("\n", "<br>")
    if signed["note"]:
        return f'<p id="fn{signed["note"]}">{words}</p>'
    tag = {"bq": "blockquote", "bc": "pre"}.get(signed["tag"], signed["tag"])
    return f"<{tag}>{words}</{tag}>"


def _lines(block: str) -> str:
    """A paragraph, with the list that may follow it without an empty line."""
    paragraph: list[str] = []
    items: list[str] = []
    html = ""
    for line in block.split("\n"):
        if item := _ITEM.fullmatch(line.strip()):
            items.append(f"<li>{_inline(item['words'])}</li>")
        elif items:
            items[-1] = f"{items[-1].removesuffix('</li>')}<br>{_inline(line)}</li>"
        elif _ROW.fullmatch(line.strip()):
            cells = (re.sub(rf"^_?{_STYLE}\. ", "", cell) for cell in line.strip(" |").split("|"))
            paragraph.append(_inline(" ".join(cell.strip() for cell in cells)))
        else:
            paragraph.append(_inline(line))
    if paragraph:
        html = f"<p>{'<br>'.join(paragraph)}</p>"
    return html + (f"<ul>{''.join(items)}</ul>" if items else "")


def _inline(text: str) -> str:
    text = _IMAGE.sub(lambda match: match["alt"] or "", text)
    text = _LINK.sub(_link, text)
    text = _CALL.sub(r'<sup><a href="#fn\1">\1</a></sup>', text)
    text = _ACRONYM.sub(r"\1", text)
    text = _SPAN.sub(r"\1", text)
    for _ in range(2):
        text = _PHRASE.sub(lambda match: match["words"], text)
    return text


def _link(match: re.Match[str]) -> str:
    return f'<a href="{match["to"]}">{match["words"]}</a>'
