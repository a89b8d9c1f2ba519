"""What is done when the state that a question reads is taken away in the middle of it?"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from index.engines.faults import StateLost

P = ParamSpec("P")
Answer = TypeVar("Answer")


def retry_lost_state(work: Callable[P, Answer]) -> Callable[P, Answer]:
    """Do it again, once, when the state that it read was taken away in the middle."""

    @wraps(work)
    def retrying(*args: P.args, **named: P.kwargs) -> Answer:
        try:
            return work(*args, **named)
        except StateLost:
            return work(*args, **named)

    return retrying
