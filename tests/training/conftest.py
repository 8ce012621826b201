"""One thread for all that trains."""

import pytest
from threadpoolctl import threadpool_limits


@pytest.fixture(scope="module", autouse=True)
def one_thread():
    """Small matrices: on a busy machine, threads that wait for each other cost most."""
    with threadpool_limits(1):
        yield
