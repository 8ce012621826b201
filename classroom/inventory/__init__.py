"""The concept inventory: what people believe about losses, before a course and after.

Twenty items in two parallel forms.  They are unvalidated until somebody has piloted
them, and like all such items they lose their worth where people can look them up: they
are never on the site and never in the package.
"""

from .forms import FORMS, Form, form

__all__ = ["FORMS", "Form", "form"]
