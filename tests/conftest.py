"""Options of the tests."""

import hypothesis
import pytest
from opensearch_server import opensearch

__all__ = ["opensearch"]  # a fixture

pytest.register_assert_rewrite("live")
hypothesis.settings.register_profile("searchapp", deadline=None)  # other work may run beside
hypothesis.settings.load_profile("searchapp")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--torture", action="store_true", help="Run the tests of a living index whole: some minutes.")
