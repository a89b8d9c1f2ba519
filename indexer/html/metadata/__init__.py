"""Which title, authors, dates, sections of the site and standfirst has the article of a page?"""
