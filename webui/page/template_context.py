"""How does a template call what it is given?

Jinja looks, at each call, whether what is called wants the context, what to escape or the
environment. Nothing that our templates call does, and a page of results makes some 420 calls.
"""

from __future__ import annotations

from typing import Any

from jinja2 import runtime
from jinja2.utils import internalcode


class Context(runtime.Context):
    """A context whose calls pass on what the template says, and nothing else.

    Source: Jinja 3.1.6, `jinja2.runtime.Context.call`. A macro that is not told what to escape
    escapes everything, as all our pages do.
    """

    @internalcode
    def call(
        self,
        callee: Any,
        /,
        *arguments: Any,
        _loop_vars: Any = None,
        _block_vars: Any = None,
        **named: Any,
    ) -> Any:
        return callee(*arguments, **named)
