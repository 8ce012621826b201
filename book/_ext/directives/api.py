"""The pages of the package: what the docstrings say, in the order of the source.

`{public} lossbook.losses.hinge` shows a module: what it says of itself, then each of
its public functions and classes.  Public is what has no underscore and is defined
there, or is handed on from a part of it by ``import name as name``.
"""

import ast
import inspect
import re
from importlib import import_module

from docutils import nodes
from docutils.statemachine import StringList
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from sphinx.util.nodes import make_refnode, nested_parse_with_titles

MEMBERS = {"method", "property", "attribute"}


def public(name):
    """The public functions and classes of a module, by their names there."""
    module = import_module(name)
    tree = ast.parse(inspect.getsource(module))
    names = [
        found
        for statement in tree.body
        for found in (
            [alias.name for alias in statement.names if alias.asname == alias.name]
            if isinstance(statement, ast.ImportFrom)
            else [getattr(statement, "name", "_")]
        )
        if not found.startswith("_")
    ]
    members = {found: getattr(module, found) for found in names}
    return {
        found: member
        for found, member in members.items()
        if inspect.isclass(member) or inspect.isfunction(member)
    }


class Public(SphinxDirective):
    """A module, its functions and its classes."""

    required_arguments = 1

    def run(self):
        """Leave the work to autodoc, in reStructuredText, as docstrings are."""
        (module,) = self.arguments
        lines = [f"``{module}``", "", f".. automodule:: {module}", ""]
        for name, member in public(module).items():
            if inspect.isclass(member):
                called = f"{module}.{name}{arguments(member)}"
                lines += [f".. autoclass:: {called}", "   :members:", ""]
            else:
                lines += [f".. autofunction:: {module}.{name}", ""]
        node = nodes.Element()
        node.document = self.state.document
        nested_parse_with_titles(self.state, StringList(lines, source=module), node)
        return node.children


def arguments(cls):
    """What a widget is made with; autodoc would show the (*args) of its base."""
    if cls.__new__ is object.__new__ or "__init__" not in vars(cls):
        return ""
    signature = inspect.signature(cls.__init__)
    _, *others = signature.parameters.values()
    others = [each.replace(annotation=inspect.Parameter.empty) for each in others]
    return str(
        signature.replace(parameters=others, return_annotation=inspect.Signature.empty)
    )


def find(app, env, node, contnode):
    """Where a name in backticks leads: to the entry of that name, if there is one.

    Other names, those of arguments for instance, stay what they are: code.
    """
    if node.get("refdomain") != "py":
        return None
    objects = env.get_domain("py").objects
    last = node["reftarget"].rpartition(".")[2]
    found = [name for name in objects if name.rpartition(".")[2] == last]
    if len(found) > 1:  # a function has the name of its module
        found = [name for name in found if objects[name].objtype != "module"]
    if last == node["reftarget"]:  # an argument may be called like a method elsewhere
        found = [name for name in found if objects[name].objtype not in MEMBERS]
    if len(found) != 1:
        return contnode
    entry = objects[found[0]]
    return make_refnode(
        app.builder, node["refdoc"], entry.docname, entry.node_id, contnode, found[0]
    )


def name_attributes(app, doctree):
    """Call the attributes of a class what its docstring calls them."""
    for name in doctree.findall(nodes.field_name):
        if name.astext() == "Variables":
            name.children = [nodes.Text("Attributes")]


SEVERAL = re.compile(r":(ivar|vartype) (\w+(?:, \w+)+):((?:.|\n +)*)")


def part_attributes(app, what, name, object_, options, lines):
    """Give attributes that share a line one each, as napoleon does with arguments.

    Sphinx would take the first of their names for a type.
    """

    def parted(found):
        kind, names, said = found.groups()
        return "\n".join(f":{kind} {each}:{said}" for each in names.split(", "))

    lines[:] = SEVERAL.sub(parted, "\n".join(lines)).split("\n")


def setup(app: Sphinx) -> None:
    """Connect to Sphinx."""
    app.setup_extension("sphinx.ext.autodoc")
    app.setup_extension("sphinx.ext.napoleon")
    app.add_directive("public", Public)
    app.connect("autodoc-process-docstring", part_attributes, priority=600)
    app.connect("doctree-read", name_attributes)
    app.connect("missing-reference", find)
