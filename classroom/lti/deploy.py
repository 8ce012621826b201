"""Configuration of a hub that a platform sends people to, ready to be put in place.

Both forms hold the same program: `launch.py` whole, and one call.  So a hub needs
`ltiauthenticator`, and nothing of the course.
"""

import inspect
import textwrap
from collections.abc import Callable

from classroom.settings import COURSE_ID

from . import launch
from .platform import Platform

TLJH_FOLDER = "/opt/tljh/state/lossbook-lti"
KUBERNETES_FOLDER = "/srv/jupyterhub/lossbook-lti"  # on the volume of its database
MOUNTED = "/exchange"

TLJH = """\
# /opt/tljh/config/jupyterhub_config.d/lossbook_lti.py
#
# Before it is of use, as root:
#   /opt/tljh/hub/bin/python -m pip install "jupyterhub-ltiauthenticator>=1.6,<2"
#   /opt/tljh/user/bin/python -m pip install "nbgrader>=0.9.6" LOSSBOOK
#   install -d -m 1777 /usr/local/share/nbgrader/exchange
#   echo "get_config().CourseDirectory.course_id = '{course}'" \
#       > /opt/tljh/user/etc/jupyter/nbgrader_config.py
#   tljh-config set limits.memory 1G
#   tljh-config set https.enabled true    (with the rest of what https asks for)
#   tljh-config reload
# LOSSBOOK is a folder with the repository, or a wheel of it.
#
# Everybody gets an account of the system, `jupyter-` and the name, with limits of memory.

{program}
"""  # noqa: E501 - a command stands on one line

KUBERNETES = """\
# values.yaml, for Zero to JupyterHub 3 and later. Its image of the hub has ltiauthenticator.
# You give `proxy.https` and an image for students: Jupyter's, with nbgrader and lossbook.
hub:
  extraConfig:
    50-lossbook-lti: |
{program}
singleuser:
  image:
    name: SET-THE-NAME
    tag: SET-THE-TAG
  uid: 1000
  memory:
    limit: 1G
    guarantee: 256M
  cpu:
    limit: 1
  extraFiles:
    nbgrader:
      mountPath: /etc/jupyter/nbgrader_config.py
      stringData: |
        c = get_config()
        c.CourseDirectory.course_id = {course!r}
        c.Exchange.root = {mounted!r}
  storage:
    # A volume that many pods may write to (ReadWriteMany), which you make; grading has
    # it, too. What is written in {mounted} is each student's own.
    extraVolumes:
      - name: exchange
        persistentVolumeClaim:
          claimName: exchange
    extraVolumeMounts:
      - name: exchange
        mountPath: {mounted}/{course}/outbound
        subPath: {course}/outbound
        readOnly: true
      - name: exchange
        mountPath: {mounted}/{course}/inbound
        subPath: {course}/inbound/{{unescaped_username}}
      - name: exchange
        mountPath: {mounted}/{course}/feedback
        subPath: {course}/feedback/{{unescaped_username}}
        readOnly: true
cull:
  enabled: true
  timeout: 3600
"""  # noqa: E501


def program(platform: Platform, folder: str) -> str:
    """What a hub runs when it starts; `folder` is where it remembers launches."""
    given = {
        "issuer": platform.issuer,
        "client_id": platform.client_id,
        "authorize_url": platform.authorize_url,
        "jwks_url": platform.jwks_url,
        "folder": folder,
        "courses": platform.courses,
        "deployment": platform.deployment,
    }
    lines = "".join(f"    {name}={value!r},\n" for name, value in given.items())
    return f"{inspect.getsource(launch)}\n\nconfigure(\n    c,  # noqa: F821\n{lines})"


def tljh(platform: Platform) -> str:
    """A file for The Littlest JupyterHub."""
    code = program(platform, TLJH_FOLDER)
    return TLJH.format(program=code, course=_course(platform))


def kubernetes(platform: Platform) -> str:
    """Values for the chart of Zero to JupyterHub."""
    code = textwrap.indent(program(platform, KUBERNETES_FOLDER), " " * 6)
    return KUBERNETES.format(program=code, course=_course(platform), mounted=MOUNTED)


def _course(platform: Platform) -> str:
    return next(iter(platform.courses.values()), COURSE_ID)


WRITERS: dict[str, Callable[[Platform], str]] = {
    "tljh": tljh,
    "kubernetes": kubernetes,
}
