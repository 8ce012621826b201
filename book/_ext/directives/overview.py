"""Three overviews as tabs: Basic, Medium and Detailed under the heading Overview.

In the notebook they are ordinary headings, which read well anywhere.  On the page
they become tabs, and the choice is remembered from chapter to chapter.
"""

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform
from sphinx_design.shared import create_component

DEPTHS = ["Basic", "Medium", "Detailed"]


class OverviewTabs(SphinxTransform):
    """Replaces the three sections by the tabs of sphinx-design."""

    default_priority = 850  # after the headings have got their ids

    def apply(self, **kwargs):
        """Look through the whole page; only a complete set of three is replaced."""
        for section in list(self.document.findall(nodes.section)):
            inner = [child for child in section if isinstance(child, nodes.section)]
            if [depth[0].astext() for depth in inner] == DEPTHS:
                section.insert(section.index(inner[0]), tabs(inner))
                for depth in inner:
                    section.remove(depth)


def tabs(sections):
    """One tab for each section, its heading as the label."""
    tab_set = create_component("tab-set", classes=["sd-tab-set"])
    for section in sections:
        title, *content = section.children
        label = nodes.rubric("", *title.children, classes=["sd-tab-label"])
        label["sync_group"], label["sync_id"] = "depth", title.astext().lower()
        panel = create_component("tab-content", ["sd-tab-content"], children=content)
        panel["ids"] = section["ids"]  # links to the heading still arrive
        item = create_component("tab-item", ["sd-tab-item"], children=[label, panel])
        tab_set += item
    tab_set.source, tab_set.line = sections[0].source, sections[0].line
    return tab_set


def setup(app: Sphinx) -> None:
    """Connect to Sphinx."""
    app.add_transform(OverviewTabs)
