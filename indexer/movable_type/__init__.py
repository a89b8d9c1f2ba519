"""Which entries and comments are in the text that Movable Type, TypePad and others export?"""

from indexer.movable_type.export import MovableTypeFormat

__all__ = ["MovableTypeFormat"]
