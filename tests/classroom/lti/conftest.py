"""A course whose students are on a platform of this machine."""

import importlib.util
import shutil

import pytest

from classroom.lti import platform

# These need the extra `hub`, and run in its own environment.
if importlib.util.find_spec("jwt") is None:
    collect_ignore = ["faking.py", "test_hub.py", "test_names.py", "test_scores.py"]

CONTENT = """
issuer = "{at}"
client_id = "course-1"
authorize_url = "{at}/auth"
jwks_url = "{at}/certs"
token_url = "{at}/token"
names = "{at}/names"

[courses]
42 = "lossbook"

[lineitems]
mean_squared_error = "{at}/lineitems/2/lineitem?type_id=1"
"""


@pytest.fixture
def written(tmp_path):
    """Write a platform.toml; returns its path."""

    def write(at="https://moodle.example", content=CONTENT):
        path = tmp_path / "platform.toml"
        path.write_text(content.replace("{at}", at))
        return path

    return write


@pytest.fixture(scope="session")
def pair(tmp_path_factory):
    """The key of a platform, and the file with ours: to make one takes a second."""
    from cryptography.hazmat.primitives.asymmetric import rsa

    from classroom.lti.services import keys

    path = tmp_path_factory.mktemp("keys") / "lti.pem"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(keys, "BITS", 2048)  # which signs faster
        keys.make(path)
    return rsa.generate_private_key(public_exponent=65537, key_size=2048), path


@pytest.fixture
def faked(pair):
    """A platform that speaks as the specification does."""
    from .faking import FakePlatform

    with FakePlatform(pair[0]) as platform:
        yield platform


@pytest.fixture
def known(faked, written, pair):
    """The faked platform as `platform.toml` tells of it, with our key on both sides."""
    from classroom.lti.services import keys

    found = platform.read(written(faked.at))
    shutil.copy(pair[1], found.key)  # with who may read it
    faked.tool_key = keys.load(found.key).public_key()
    return found
