"""What is a record, how is French read, how is a question read, and how do both meet?

The doors of this room: `engines.open`, `writing.write`, `searching.search`,
`threads.thread`, `french.tokens`. See ARCHITECTURE.md for the walks.
"""
