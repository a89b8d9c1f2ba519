"""Which sections make the text of the article in a page, without what surrounds it?"""
