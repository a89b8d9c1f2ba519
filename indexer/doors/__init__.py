"""What can be brought into an index at the command line?"""
