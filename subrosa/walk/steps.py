"""The steps of the walk in their order: a module of steps for each part of the house."""

from __future__ import annotations

from collections.abc import Callable

from . import steps_code, steps_founding
from .walk import Walk

EVERY: tuple[Callable[[Walk], None], ...] = (
    *steps_founding.STEPS,
    *steps_code.STEPS,
)
