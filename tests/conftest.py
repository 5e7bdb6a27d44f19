"""Options of the tests, and the archive that several read."""

import os
import shutil
from pathlib import Path

import hypothesis
import pytest
from opensearch_server import opensearch

from searchapp import indexing
from searchapp.engines import open_engine
from searchapp.engines.protocol import Engine
from searchapp.indexing.report import Report

__all__ = ["opensearch"]  # a fixture

MEMORY = Path("/dev/shm")
ROOM = 1 << 30  # bytes free

pytest.register_assert_rewrite("live")
if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM:  # an index is synchronised, and a disk takes its time
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))
hypothesis.settings.register_profile("searchapp", deadline=None)  # other work may run beside
hypothesis.settings.register_profile("quick", hypothesis.settings.get_profile("searchapp"), max_examples=10)
hypothesis.settings.load_profile("searchapp")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--torture", action="store_true", help="Run the tests of a living index whole: some minutes.")


@pytest.hookimpl(tryfirst=True)  # before the options choose by marks
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "opensearch" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Engine, Report]:
    """The demo corpus in an index, which nobody may change, and what was told of indexing it."""
    engine = open_engine(f"whoosh:{tmp_path_factory.mktemp('demo') / 'index'}")
    return engine, indexing.reindex(engine, Path(__file__).parent.parent / "corpus", jobs=1)
