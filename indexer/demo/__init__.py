"""The bundled articles: original texts of the project, for the demo and the tests."""
