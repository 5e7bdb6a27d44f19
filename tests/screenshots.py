"""``make screenshots``: every page of the demo archive, wide, on a phone and in the dark, in Debian's Chromium.

All go to ``screenshots/``, those that the manuals show to ``docs/``, too.
"""

import logging
import shutil
import tempfile
import threading
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright
from werkzeug.serving import make_server

from searchapp.engines import open_engine
from searchapp.indexing import reindex
from searchapp.settings import Settings
from searchapp.web import create_app

ROOT = Path(__file__).parent.parent
SHOWN = ROOT / "screenshots"
PAGES = {
    "home": "/",
    "results": "/search?q=vaccine&view=statements",
    "articles": "/search?q=ferry",
    "article": "/articles/faro-del-sur/candles-for-the-marigold-star?q=ferry&year=2019&hit=2",
    "speaker": "/speakers/Andrei%20Velikanov",
    "speakers": "/speakers",
    "compare": "/compare?speaker=Andrei%20Velikanov&speaker=Tran%20Quoc%20Lam",
    "archive": "/archive",
    "help": "/help",
}
LOOKS: dict[str, dict[str, Any]] = {
    "": {"viewport": {"width": 1280, "height": 980}, "color_scheme": "light"},
    "-phone": {"viewport": {"width": 390, "height": 844}, "color_scheme": "light"},
    "-dark": {"viewport": {"width": 1280, "height": 980}, "color_scheme": "dark"},
}
IN_MANUALS = ("results", "speaker", "article", "archive")


def main() -> None:
    """Take them."""
    SHOWN.mkdir(exist_ok=True)
    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine(f"whoosh:{folder}/index")
        reindex(engine, ROOT / "corpus")
        server = make_server("127.0.0.1", 0, create_app(Settings(title="Demo archive"), engine=engine), threaded=True)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        take(f"http://127.0.0.1:{server.server_port}")
        server.shutdown()
        thread.join()
    for name in IN_MANUALS:
        shutil.copy(SHOWN / f"{name}.png", ROOT / "docs" / f"{name}.png")


def take(address: str) -> None:
    """Take each page of the site at ``address`` in each look."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        for look, settings in LOOKS.items():
            page = browser.new_context(base_url=address, reduced_motion="reduce", **settings).new_page()
            for name, path in PAGES.items():
                page.goto(path)
                page.screenshot(path=SHOWN / f"{name}{look}.png")
        browser.close()


if __name__ == "__main__":
    main()
