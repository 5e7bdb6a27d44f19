"""What is read once of the generation that an engine serves, and again when it serves another."""

from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar
from weakref import WeakKeyDictionary

from searchapp.engines.protocol import Engine

T = TypeVar("T")


class Held(Generic[T]):
    """Keeps what ``read`` makes of an engine's generation for as long as that is served, and the engine lives."""

    def __init__(self, read: Callable[[Engine], T]) -> None:
        self._read = read
        self._held: WeakKeyDictionary[Engine, tuple[str, T]] = WeakKeyDictionary()
        self._reading = Lock()

    def of(self, engine: Engine) -> T:
        """Return what was read; of threads that ask first, one reads. Raises what ``Engine.info`` and reading raise."""
        generation = engine.info().generation
        with self._reading:
            held = self._held.get(engine)
            if held is None or held[0] != generation:
                held = self._held[engine] = generation, self._read(engine)
            return held[1]
