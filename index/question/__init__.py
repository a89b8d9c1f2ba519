"""How is a question read, and what does it ask of the index?

`query` is the door. `grammar` is the one table of the language; `syntax` reads a string into
atoms, `understanding` gives them their meaning, `combining` makes the tree; `vocabulary` meets
the index's own words; `dates` reads French dates.
"""
