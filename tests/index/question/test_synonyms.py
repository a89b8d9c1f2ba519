"""Are the synonyms that come with Glose those of the file that people edit?"""

from index.question.synonyms import BUNDLED, KEPT, SOURCE, dumped, load


def test_they_were_read_by_this_french() -> None:
    """Else: make synonyms."""
    assert KEPT.read_text("utf-8") == dumped(load(SOURCE))
    assert dict(BUNDLED) == dict(load(SOURCE))
