"""Where is the thread of a page whose program of comments no adapter describes?"""
