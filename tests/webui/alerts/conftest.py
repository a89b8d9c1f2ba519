"""What tests of alerts share."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.record import Record
from tests.webui.alerts.alert_place import Place


@pytest.fixture
def place(tmp_path: Path, sora_records: list[Record]) -> Place:
    return Place(tmp_path, sora_records)
