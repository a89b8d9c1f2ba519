"""Which spaces are not to be broken at the end of a line, in French?

Pages are typed with plain spaces; they are shown as the search page shows its own sentences.
"""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from webui.locale.text import typeset


def _typeset(app: Sphinx, tree: nodes.document) -> None:
    for text in list(tree.findall(nodes.Text)):
        code = isinstance(text.parent, nodes.literal | nodes.literal_block | nodes.raw)
        if not code and (shown := typeset(text.astext())) != text.astext():
            text.parent.replace(text, nodes.Text(shown))


def setup(app: Sphinx) -> dict[str, Any]:
    app.connect("doctree-read", _typeset)
    return {"parallel_read_safe": True}
