"""The golden file of questions understood: a change of the language is a diff one can read."""

import importlib.util
from pathlib import Path

HERE = Path(__file__).parent


def test_questions_are_understood_as_before() -> None:
    spec = importlib.util.spec_from_file_location("understood", HERE / "understood.py")
    assert spec is not None
    assert spec.loader is not None
    page_module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(page_module)
    assert len(page_module.QUESTIONS.strip().splitlines()) >= 60
    current_page = "\n".join(page_module.page())
    assert current_page == page_module.GOLDEN.read_text("utf-8"), (
        "python tests/index/question/understood.py accepts"
    )
