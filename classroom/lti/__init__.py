"""LTI 1.3, for a hub that an institution runs: who comes in, and scores back.

`launch` is what runs in the hub, and needs no other file of the course.  In `services`,
`memberships` asks the platform who takes the course, and `scores` sends it what they
got, by what `platform.toml` says.  `deploy` writes the hub's configuration for The
Littlest JupyterHub and for Kubernetes.
"""
