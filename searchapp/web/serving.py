"""How gunicorn serves the site: ``gunicorn -c python:searchapp.web.serving``. Its settings are module variables.

A path prefix behind a proxy is set by SCRIPT_NAME in the environment, where gunicorn reads it at each request.
"""

import gc
import os
import sys
from pathlib import Path
from typing import Any

from searchapp.engines.watching import Watch
from searchapp.errors import BadSetting
from searchapp.settings import load, site_prefix
from searchapp.web import doors
from searchapp.web.places import THREADS

try:
    _settings = load()
    os.environ["SCRIPT_NAME"] = site_prefix(os.environ)
    doors.refuse_misfit(_settings)
except BadSetting as fault:
    sys.exit(f"searchapp: {fault}")

wsgi_app = "searchapp.web:create_app()"
bind = _settings.address
workers = _settings.workers or min(len(os.sched_getaffinity(0)), 16)  # a search keeps one core busy
worker_class = "searchapp.web.worker.Buffered"
threads = THREADS
timeout = 30
graceful_timeout = 10
keepalive = 0  # the next request goes to a worker that is free; a kept connection stays with one that may be busy
max_requests = 0
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # a heartbeat must not wait for a disk
limit_request_line = 8190  # a query of many words and filters
control_socket_disable = True  # the server only reads: it opens no door beside its port
accesslog = "-"  # which searchapp.web.logs writes to
errorlog = "-"


def post_worker_init(worker: Any) -> None:
    """Watch over the index, and keep what the program itself takes out of garbage collections: they make one page in a
    hundred wait."""
    Watch(worker.wsgi.extensions["searchapp"], worker.log.error_log).start()
    gc.collect()
    gc.freeze()
