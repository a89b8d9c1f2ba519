"""SERVICE.md, and the examples that are followed to the letter."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
SAID = (ROOT / "SERVICE.md").read_text("utf-8")
PRINTED = "http://127.0.0.1:8000"


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", SAID, re.M | re.S)
