"""Counts compilations, so that a slider that recompiles is noticed."""

from __future__ import annotations

import threading

import jax

__all__ = ["compiles"]

_count = threading.local()


def _on_event(event: str, seconds: float, **_) -> None:
    if event == "/jax/core/compile/backend_compile_duration":
        _count.value = compiles() + 1


def compiles() -> int:
    """How many programs JAX has compiled on this thread so far."""
    return getattr(_count, "value", 0)


jax.monitoring.register_event_duration_secs_listener(_on_event)
