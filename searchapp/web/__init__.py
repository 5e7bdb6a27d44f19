"""The site: one Flask application over one engine. Nothing of Flask is loaded before ``create_app`` is called."""

from typing import TYPE_CHECKING

from searchapp.settings import Settings, load

if TYPE_CHECKING:
    from flask import Flask

    from searchapp.engines.protocol import Engine


def create_app(settings: Settings | None = None, *, engine: "Engine | None" = None) -> "Flask":
    """Return the site over the index that ``settings`` name (None: those in force), or over ``engine``.

    Raises BadSetting. An index that is not built yet is no error here: its pages say which command builds it.
    """
    from flask import Flask

    from searchapp.engines import open_engine
    from searchapp.web import site

    settings = settings or load()
    app = Flask("searchapp")
    site.install(app, settings, engine or open_engine(settings.index, settings))
    return app
