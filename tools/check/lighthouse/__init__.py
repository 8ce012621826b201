"""How Lighthouse judges the chapters on a phone with a slow line."""
