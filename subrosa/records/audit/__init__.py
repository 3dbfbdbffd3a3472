"""The only way through: every act, its ruling and its entry; never the content of anything."""

from .act import Busy, OnceReused, act, asking, goes_on, sealed, together

__all__ = ["Busy", "OnceReused", "act", "asking", "goes_on", "sealed", "together"]
