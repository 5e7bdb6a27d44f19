"""The barest page that can be made of tantivy and Flask: total, ten hits and their snippets as JSON; no facets."""

import os

from flask import Flask, jsonify, request
from flask.typing import ResponseReturnValue
from tantivy import Index

from benchmarks.raw import top_ten

INDEX = "BENCHMARK_RAW_INDEX"


def create_app() -> Flask:
    """Return the app over the raw tantivy index that the environment names."""
    app, index = Flask(__name__), Index.open(os.environ[INDEX])

    @app.get("/search")
    def search() -> ResponseReturnValue:
        return jsonify(top_ten(index, request.args["q"]))

    return app
