"""The configuration for hubs of others: read as they read it, and their words only."""

import re

import pytest
import yaml
from traitlets.config import PyFileConfigLoader

from classroom.lti import deploy, launch, platform

# Of the chart's schema (jupyterhub/schema.yaml of Zero to JupyterHub, versions 1 to 4),
# what stands in ours; it refuses whatever it does not know.
CHART = {
    "hub": {"extraConfig": {"*": str}},
    "singleuser": {
        "image": {"name": str, "tag": str},
        "uid": int,
        "memory": {"limit": str, "guarantee": str},
        "cpu": {"limit": int},
        "extraFiles": {"*": {"mountPath": str, "stringData": str}},
        "storage": {"extraVolumes": list, "extraVolumeMounts": list},
    },
    "cull": {"enabled": bool, "timeout": int},
}
MOUNT = {"name", "mountPath", "subPath", "readOnly"}
HOSTILE = "x'\"\n    c.JupyterHub.authenticator_class = 'dummy' # {program} \\"


def strange(values, known, where=""):
    """The keys that the chart does not know, and values of another kind."""
    if not isinstance(known, dict):
        return [] if isinstance(values, known) else [where]
    found = []
    for name, inner in values.items():
        place = f"{where}.{name}"
        if name not in known and "*" not in known:
            found.append(place)
        else:
            found += strange(inner, known.get(name, known.get("*")), place)
    return found


@pytest.fixture
def known(written):
    return platform.read(written())


def loaded(text, folder):
    """A file of configuration as JupyterHub reads it."""
    (folder / "hub_config.py").write_text(text)
    return PyFileConfigLoader("hub_config.py", str(folder)).load_config()


def settings(known, folder):
    """What each hub ends up with: one from Python, the other from values of a chart."""
    values = yaml.safe_load(deploy.kubernetes(known))
    (code,) = values["hub"]["extraConfig"].values()
    for name, text in (("tljh", deploy.tljh(known)), ("kubernetes", code)):
        below = folder / name
        below.mkdir()
        yield loaded(text, below)


def test_both_let_people_in_by_the_platform_alone(known, tmp_path):
    for config in settings(known, tmp_path):
        authenticator = config.LTI13Authenticator
        assert config.JupyterHub.authenticator_class.endswith("LTI13Authenticator")
        assert authenticator.issuer == "https://moodle.example"
        assert authenticator.client_id == {"course-1"}
        assert authenticator.jwks_endpoint == "https://moodle.example/certs"
        assert authenticator.username_key == "sub"
        assert config.Authenticator.manage_groups
        assert callable(config.Authenticator.post_auth_hook)


def test_a_setting_is_text_and_no_program(known, tmp_path):
    known = platform.Platform(
        **{**vars(known), "client_id": HOSTILE, "courses": {HOSTILE: "lossbook"}}
    )
    for config in settings(known, tmp_path):
        assert config.LTI13Authenticator.client_id == {HOSTILE}
        assert config.JupyterHub.authenticator_class.endswith("LTI13Authenticator")


def test_the_chart_knows_every_key(known):
    values = yaml.safe_load(deploy.kubernetes(known))

    assert strange(values, CHART) == []
    assert strange(values | {"hub": {"extraConfg": {}}}, CHART) == [".hub.extraConfg"]
    storage = values["singleuser"]["storage"]
    volumes = {one["name"] for one in storage["extraVolumes"]}
    for mount in storage["extraVolumeMounts"]:
        assert set(mount) <= MOUNT and mount["name"] in volumes


def test_students_write_only_where_what_is_theirs_lies(known):
    values = yaml.safe_load(deploy.kubernetes(known))
    mounts = values["singleuser"]["storage"]["extraVolumeMounts"]
    writable = [m for m in mounts if not m.get("readOnly")]

    assert [m["subPath"] for m in writable] == ["lossbook/inbound/{unescaped_username}"]
    for name in ("17", launch.login("../../etc"), launch.login("{x}")):
        path = writable[0]["subPath"].format(unescaped_username=name)
        assert re.fullmatch(r"lossbook/inbound/[a-z0-9][a-z0-9._-]*", path)
    config = values["singleuser"]["extraFiles"]["nbgrader"]
    compile(config["stringData"], "nbgrader_config.py", "exec")


def test_nothing_secret_is_in_what_is_put_in_place(known):
    known.key.write_text("a private key")
    for write in deploy.WRITERS.values():
        assert "private" not in write(known) and str(known.key) not in write(known)
