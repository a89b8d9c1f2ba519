"""The bundled articles: original texts of the project, for the demo and the tests."""

from pathlib import Path

ARTICLES = Path(__file__).parent / "articles.jsonl"
"""Sixteen articles and what their readers answered, in canonical JSON Lines."""
