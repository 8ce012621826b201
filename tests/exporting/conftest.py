from functools import cache

import pytest

from lossbook.exporting import export
from tests.exporting.banks import BANKS, write_bank


@pytest.fixture
def every_kind(tmp_path):
    """A bank with a question of every kind."""
    return write_bank(tmp_path / "bank")


@pytest.fixture(params=BANKS.values(), ids=BANKS)
def folder(request):
    """The real banks: of the package (None), and of the exam."""
    return request.param


@pytest.fixture(scope="session")
def exported(tmp_path_factory):
    """Exports of the real banks, each made once."""
    out = tmp_path_factory.mktemp("exported")
    return cache(lambda target, folder: export(target, folder=folder, out=out))
