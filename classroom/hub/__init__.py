"""A hub for the class: JupyterHub with a code for each student, and walls around each.

It carries students only.  Solutions, keys and grades stay in the instructor's folder,
and what is handed out, handed in and given back passes through the hub's own.
"""
