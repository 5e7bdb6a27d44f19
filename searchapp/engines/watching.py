"""Looking for damage in the background, while an engine serves."""

import logging
import threading
import time

from searchapp.engines.protocol import Engine
from searchapp.errors import IndexFault

PACE = 64 << 20  # bytes a second: a hundredth of a core, and a third of what a slow disk reads
AGAIN = 24 * 3600.0  # seconds after which a generation is read once more: disks lose bytes later, too
EVERY = 30.0  # seconds between looking for a new generation


class Watch:
    """Reads each generation that an engine serves, slowly, and tells the log what came of it."""

    def __init__(self, engine: Engine, log: logging.Logger, pace: float = PACE) -> None:
        self._engine, self._log, self._pace = engine, log, pace
        self._read: tuple[str, float] = "", 0.0  # the generation that was read last, and when

    def start(self) -> None:
        """Look for ever, in a thread that ends with its process."""
        threading.Thread(target=self._look_for_ever, daemon=True, name="watch").start()

    def look(self) -> None:
        """Read the generation that is served, unless that was done."""
        try:
            info = self._engine.info()
            read, when = self._read
            if read == info.generation and time.monotonic() - when < AGAIN:
                return
            self._read = info.generation, time.monotonic()
            damaged = list(self._engine.damage(self._pace))
            for each in damaged:
                self._log.error("%s", each)
            if damaged:
                served = self._engine.info().generation
                self._log.error("The generation %s answers.", served)
                self._read = served, time.monotonic()
            else:
                self._log.info("The files of the generation %s are whole.", info.generation)
        except IndexFault as fault:
            self._log.error("%s", fault)

    def _look_for_ever(self) -> None:
        while True:
            self.look()
            time.sleep(EVERY)
