"""How is an index kept in a directory of this machine, whichever engine holds its terms?"""
