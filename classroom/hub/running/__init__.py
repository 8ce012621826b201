"""What runs inside JupyterHub, beside it, or between the walls; it needs JupyterHub."""
