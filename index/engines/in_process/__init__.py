"""What do engines in this process share to answer: pages, counts, and how much work one may be?"""
