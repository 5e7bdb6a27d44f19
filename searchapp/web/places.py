"""How many requests a process answers at a time, and the budget of each: what comes beyond is sent away at once.

A search never waits for a thread, so what asks nothing of the index (static files, whether the process is alive)
always finds one.
"""

import threading

from flask import Flask, g, request

from searchapp import budget
from searchapp.errors import Overloaded

PLACES = 16  # requests that a process answers at a time: most of them wait for those that have used less
THREADS = PLACES + 8  # of a process
FREE = ("static", "pages.healthz", "pages.readyz")  # what needs no place


def install(app: Flask, seconds: float, most: int = PLACES) -> None:
    """Give each request to ``app`` a place, while there are any, and so many seconds."""
    places, line = threading.BoundedSemaphore(most), budget.Line()

    @app.before_request
    def _take() -> None:
        if request.endpoint in FREE:
            return
        if not places.acquire(blocking=False):
            raise Overloaded("Too many people search this archive just now: try again in a moment.")
        g.budget = budget.Budget(seconds, line)
        budget.begin(g.budget)

    @app.teardown_request
    def _give_back(_: BaseException | None) -> None:
        if "budget" in g:
            budget.begin(None)
            g.pop("budget").end()
            places.release()
