"""Does a sentence about a missing right say whose it is?"""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from index.engines.faults import unwritable, why


@pytest.mark.parametrize("number", [errno.EACCES, errno.EPERM])
@pytest.mark.parametrize(
    ("user", "account"), [(0, "compte « root »"), (3_999_999_999, "compte 3999999999")]
)
def test_the_account_is_named(
    monkeypatch: pytest.MonkeyPatch, number: int, user: int, account: str
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: user)
    error = OSError(number, os.strerror(number))
    assert why(error) == f"le {account} n’en a pas le droit"
    assert unwritable(Path("a.jsonl"), error) == (
        f"« a.jsonl » : le {account} n’en a pas le droit. "
        "Contrôlez l’emplacement, la place libre et les droits."
    )
