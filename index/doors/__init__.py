"""What can be asked of an index, and done to it, at the command line?"""
