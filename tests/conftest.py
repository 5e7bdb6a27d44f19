"""Options of the tests."""

import hypothesis
import pytest
from opensearch_server import ON_OPENSEARCH, opensearch

__all__ = ["opensearch"]  # a fixture

pytest.register_assert_rewrite("live")
hypothesis.settings.register_profile("searchapp", deadline=None)  # other work may run beside
hypothesis.settings.register_profile("quick", hypothesis.settings.get_profile("searchapp"), max_examples=10)
hypothesis.settings.load_profile("searchapp")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--torture", action="store_true", help="Run the tests of a living index whole: some minutes.")


@pytest.hookimpl(tryfirst=True)  # before the options choose by marks
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "opensearch" in getattr(item, "fixturenames", ()):
            for mark in ON_OPENSEARCH:
                item.add_marker(mark)
