"""Which sections are in a text written in Markdown?

CommonMark with tables, footnotes, definitions, boxes (`:::note`, `!!! note "Titre"`), what is
raised or lowered (`H~2~O`); code is kept as text, a link by its words, a picture by its
description. What Jekyll and Hugo add (`{% … %}`, `{{< … >}}`, `{: .class}`) and the links
of wikis (`[[page]]`) are no words of the author's, and what is hidden (`%% … %%` of Obsidian,
`{/* … */}` of MDX) is for no reader.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from html import escape, unescape
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from indexer.article import Section
from indexer.markup.html_text import sections
from indexer.markup.tags import Tag, tokens

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

LONGEST = 1_000_000
"""Characters past which only headings and paragraphs are told apart."""
_MOST_LINKS = 5000
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_CODE = re.compile(
    r"\{(?:%-?|\{[<%])\s*(end|/)?\s*(?:highlight|codeblock|code)\b[^\n]*?(?:-?%|[>%]\})\}"
)
_CALL = re.compile(r"\{%.{0,1000}?%\}|\{\{.{0,1000}?\}\}|\{/\*.{0,1000}?\*/\}")
_COUNT = r"(?<!\d)(?<!\d[ \u00a0\u202f])%%"
_HIDDEN = re.compile(rf"{_COUNT}[^%\n]{{1,1000}}%%|%%[^%\n]{{1,1000}}{_COUNT}")
"""No « 5 %% à 10 %% », as programs have it that print with a percent sign."""
_SHOWN_ATTRIBUTES = re.compile(r"\b(?:caption|alt|title)\s*=\s*\"([^\"]*)\"")
_CLASSES = re.compile(r"(?:^|(?<=\S))[ \t]*\{:[^{}\n]{0,400}\}")
_CONTENTS = re.compile(r"\s*(?:\[\[?_?TOC_?\]\]?|[*-] TOC)\s*$", re.IGNORECASE)
_WIKI = re.compile(r"(!?)\[\[(?:[^\[\]|\n]{1,300}\|)?([^\[\]|\n]{1,300})\]\]")
_SPACED = re.compile(
    r"\]\((\w{2,10}://[^\s()<>\"]{1,1000}(?: [^\s()<>\"]{1,300}){1,20})"
    r"([ \t]{1,9}\"[^\"\n]{0,300}\")?\s{0,9}\)"
)
_CALLOUT = re.compile(r"^((?:> ?)+)\[![\w-]{1,20}\][+-]? ?")
_BOXED = re.compile(
    r"\s*(?:\{[^{}]{0,200}\}|[a-z][a-z0-9-]{0,40}(?:\{[^{}]{0,200}\})?)?(\[|\s|$)(.*)"
)
"""What follows `:::`: the kind of the box, and its title."""
_NO_BOX = re.compile(r"(?!\s*(?:!!!|\?\?\?\+?) +[a-z][a-z-]{0,40}(?: +\"[^\"]*\")?\s*$)\s*[!?]{3}")
"""A line that begins like a box and is text: `!!! Attention au chien`."""
_HIGHLIGHTED = re.compile(r"(?<![\w=])==(?=[^\s=])([^=`\n]{1,300})(?<=\S)==(?![\w=])")
_RAISED = re.compile(
    r"(?<=[\w)\]])\^(?:[+−-]?\d{1,4}[+−-]?|[^\W\d_]{1,6}[+−-]?)\^"
    r"|(?<=[^\W\d_)\]])~(?:\d{1,4}|[^\W\d_]{1,6})~"
)
"""What stands above or below a word, right behind it, and no sum, path or face: `^_^`."""
_NAMED = re.compile(r"\s*\{#([\w:.-]{1,100})[^{}]{0,200}\}\s*$")
_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(.*?)[ \t#]*$")


def markdown_sections(text: str) -> tuple[Section, ...]:
    """The sections of a text, the one above the first heading without headline.

    >>> text = "Un [lien](/x).\\n\\n## Suite\\n\\n    code();\\n"
    >>> [(one.headline, one.text) for one in markdown_sections(text)]
    [(None, 'Un lien.'), ('Suite', 'code();')]
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if len(text) > LONGEST:
        return sections("\n".join(_plainly(text)))
    cleaned = "\n".join(_cleaned(text.split("\n")))
    reader = _reader()
    parsed = reader.parse("\n\n".join(map(_bounded, cleaned.split("\n\n"))))
    _name_headings(parsed)
    _number_items(parsed)
    return sections(reader.renderer.render(parsed, reader.options, {}))


def _cleaned(lines: Sequence[str]) -> Iterator[str]:
    """The lines without what is no Markdown, code left as it is.

    Of blank lines one after another, one: the parser (markdown-it-py 4) walks through them again
    for each block that they may belong to.
    """
    fence = ""
    blank = False
    last = max((at for at, line in enumerate(lines) if line.rstrip().endswith("%%")), default=0)
    for at, line in enumerate(lines):
        was_blank, blank = blank, not line or line.isspace()
        if blank and was_blank and not fence:
            continue
        mark = _FENCE.match(line)
        if fence == "%":
            fence = "" if line.rstrip().endswith("%%") else fence
        elif fence:
            if mark and mark[1].startswith(fence) and not line[mark.end() :].strip():
                fence = ""
            elif fence == "{" and (end := _CODE.search(line)) and end[1]:
                yield from ("~~~~~~~~", "")
                fence = ""
                continue
            yield line
        elif mark:
            fence = mark[1]
            yield line
        elif at < last and line.lstrip().startswith("%%") and line.count("%%") == 1:
            fence = "%"
        elif "{" in line and (begin := _CODE.search(line)) and not begin[1]:
            yield from ("", "~~~~~~~~")
            fence = "{"
        elif not _CONTENTS.match(line):
            yield _without_calls(line)


def _without_calls(line: str) -> str:
    if "%%" in line and "`" not in line:
        line = _HIDDEN.sub("", line)
    if "==" in line and "`" not in line:
        line = _HIGHLIGHTED.sub(r"\1", line)
    if _NO_BOX.match(line):
        line = line.replace(line.lstrip()[0], "\\" + line.lstrip()[0], 1)
    if "{" in line:
        line = _CALL.sub(lambda match: " ".join(_SHOWN_ATTRIBUTES.findall(match[0])), line)
        line = _CLASSES.sub("", line)
    if "[" in line:
        line = _WIKI.sub(lambda match: "" if match[1] else match[2], line)
        line = _SPACED.sub(r"](<\1>\2)", line)
        line = _CALLOUT.sub(r"\1", line)
    return line


def _bounded(block: str) -> str:
    """A block without links when it has thousands: each may be looked for in all the others."""
    return block.replace("[", "\\[") if block.count("[") > _MOST_LINKS else block


def _plainly(text: str) -> Iterator[str]:
    """A text too long to be parsed, as HTML: headings, and a paragraph for each line."""
    for line in text.split("\n"):
        if not line or line.isspace():
            continue
        if match := _HEADING.match(line):
            level = len(match[1])
            yield f"<h{level}>{escape(match[2])}</h{level}>"
        else:
            yield f"<p>{escape(line)}</p>"


def _name_headings(parsed: Sequence[Token]) -> None:
    """Give headings the name that kramdown and Hugo read after them: `## Titre {#nom}`."""
    for opening, inline in pairwise(parsed):
        if opening.type != "heading_open" or not inline.children:
            continue
        last = inline.children[-1]
        if last.type == "text" and (match := _NAMED.search(last.content)):
            last.content = last.content[: match.start()]
            opening.attrSet("id", match[1])


def _number_items(parsed: Sequence[Token]) -> None:
    """Give the items of lists that do not count from one the numbers that were typed.

    A chronology skips years: « 1944. », « 1950. ».
    """
    lists: list[bool] = []
    for token in parsed:
        if token.type in ("ordered_list_open", "bullet_list_open"):
            lists.append(token.attrGet("start") not in (None, 0))
        elif token.type in ("ordered_list_close", "bullet_list_close"):
            lists.pop()
        elif token.type == "list_item_open" and lists[-1]:
            token.attrSet("value", token.info)


@cache
def _reader() -> MarkdownIt:
    # imported when a text is read, and not by every command
    from markdown_it import MarkdownIt
    from mdit_py_plugins.admon import admon_plugin
    from mdit_py_plugins.container import container_plugin
    from mdit_py_plugins.deflist import deflist_plugin
    from mdit_py_plugins.footnote import footnote_plugin
    from mdit_py_plugins.subscript import sub_plugin
    from mdit_py_plugins.superscript import superscript_plugin

    reader = MarkdownIt("commonmark", {"html": True, "maxNesting": 100})
    reader.enable(["table", "strikethrough"]).use(footnote_plugin).use(deflist_plugin)
    reader.use(admon_plugin).use(sub_plugin).use(superscript_plugin)
    reader.use(container_plugin, "box", validate=_is_box, render=_box)
    reader.inline.ruler.after("emphasis", "unraised", _is_unraised)
    for name in ("footnote_ref", "footnote_anchor"):
        reader.add_render_rule(name, _nothing)
    reader.add_render_rule("image", _picture)
    reader.add_render_rule("html_inline", _html)
    reader.add_render_rule("html_block", _html)
    return reader


def _nothing(self: Any, tokens_: Sequence[Token], at: int, options: Any, env: Any) -> str:
    return ""


def _is_unraised(state: StateInline, silent: bool) -> bool:
    """Take as a text a sign that raises or lowers nothing; a note begins `^[`."""
    sign = state.src[state.pos]
    if sign not in "^~" or state.src.startswith("^[", state.pos):
        return False
    if _RAISED.match(state.src, state.pos):
        return False
    if not silent:
        state.pending += sign
    state.pos += 1
    return True


def _is_box(after_colons: str, _marker: str) -> bool:
    return _BOXED.fullmatch(after_colons) is not None


def _box(self: Any, tokens_: Sequence[Token], at: int, options: Any, env: Any) -> str:
    """The HTML of a box, its title being its first line."""
    if tokens_[at].nesting < 0:
        return "</div>"
    match = _BOXED.fullmatch(tokens_[at].info)
    title = match[2].rstrip().removesuffix("]") if match else ""
    return f"<div><p>{escape(title)}</p>" if title else "<div>"


def _picture(self: Any, tokens_: Sequence[Token], at: int, options: Any, env: Any) -> str:
    return escape(self.renderInlineAsText(tokens_[at].children or (), options, env))


def _html(self: Any, tokens_: Sequence[Token], at: int, options: Any, env: Any) -> str:
    """HTML as it is, its pictures said by their descriptions."""
    html = tokens_[at].content
    if "<img" not in html.lower():
        return html
    return html + "".join(
        f" {escape(unescape(tag.get('alt')))} "
        for tag in tokens(html)
        if isinstance(tag, Tag) and tag.name == "img"
    )
