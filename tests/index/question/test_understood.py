"""The golden file of questions understood: a change of the language is a diff one can read."""

import importlib.util
from pathlib import Path

HERE = Path(__file__).parent


def test_questions_are_understood_as_before() -> None:
    spec = importlib.util.spec_from_file_location("understood", HERE / "understood.py")
    assert spec is not None
    assert spec.loader is not None
    understood = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(understood)
    assert len(understood.QUESTIONS.strip().splitlines()) >= 60
    now = "\n".join(understood.page())
    assert now == understood.GOLDEN.read_text("utf-8"), (
        "python tests/index/question/understood.py accepts"
    )
