"""Which rows are in a database: opened, as SQL text, or as CSV files?"""
