"""Which comments are in a page, by which witness, and is the thread whole?"""
