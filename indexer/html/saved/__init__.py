"""Which page did a browser or a tool save, with its frames, and from which address?"""
