"""Which words and names of an index may a typed one stand for?"""
