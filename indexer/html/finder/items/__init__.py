"""Who wrote which words, in the elements that hold one comment?"""
