"""The class: assignments that are released, collected, graded safely and explained.

For the instructor, from a checkout: `python -m classroom --help`.  Built on nbgrader;
`book/teaching.md` goes through a course step by step.
"""
