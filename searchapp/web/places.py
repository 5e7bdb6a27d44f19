"""How many requests a process answers at a time, and the budget of each: what comes beyond is sent away at once.

A search never waits for a thread, so what asks nothing of the index (static files, whether the process is alive)
always finds one.
"""

import threading
from weakref import finalize

from flask import Flask, Response, g, request

from searchapp import budget
from searchapp.errors import Overloaded

PLACES = 16  # requests that a process answers at a time: most of them wait for those that have used less
FILES = 4  # that a process writes at a time: each takes as long as its client
THREADS = PLACES + FILES + 4  # of a process
FREE = ("static", "browsers.healthz", "browsers.readyz")  # what needs no place


def install(app: Flask, seconds: float, most: int = PLACES) -> None:
    """Give each request to ``app`` a place, while there are any, and so many seconds."""
    places, files, line = threading.BoundedSemaphore(most), threading.BoundedSemaphore(FILES), budget.Line()

    @app.before_request
    def _take() -> None:
        if request.endpoint in FREE:
            return
        _occupy(places)
        g.place = places
        if request.blueprint == "taking":  # once begun a file is written without a budget, as its client reads
            _occupy(files)
            g.file = files
        g.budget = budget.Budget(seconds, line)
        budget.begin(g.budget)

    @app.after_request
    def _write(response: Response) -> Response:
        if response.is_streamed and "file" in g:
            finalize(response.response, g.pop("file").release)
        return response

    @app.teardown_request
    def _give_back(_: BaseException | None) -> None:
        budget.begin(None)
        if "budget" in g:
            g.pop("budget").end()
        for each in ("place", "file"):
            if each in g:
                g.pop(each).release()


def _occupy(places: threading.Semaphore) -> None:
    if not places.acquire(blocking=False):
        raise Overloaded("Too many people search this archive just now: try again in a moment.")
