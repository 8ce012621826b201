"""All recordings as a podcast feed, in RSS 2.0."""

from xml.etree import ElementTree

ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd"
ElementTree.register_namespace("itunes", ITUNES)
ABOUT = (
    "Dialogues on loss functions, and chapters to listen to. The voices are synthetic."
)


def feed(title: str, address: str, episodes: list[dict]) -> bytes:
    """The feed of a site.

    Parameters
    ----------
    title : str
        The name of the site.
    address : str
        Where the site is, with a slash at its end.
    episodes : list of dict
        Each with the `name` of the file in `audio/`, the `title`, the `page` that it
        belongs to, its size in `bytes` and its length in `seconds`.
    """
    root = ElementTree.Element("rss", version="2.0")
    channel = ElementTree.SubElement(root, "channel")
    say(channel, title=title, link=address, description=ABOUT, language="en-GB")
    for episode in episodes:
        item, sound = (
            ElementTree.SubElement(channel, "item"),
            f"audio/{episode['name']}",
        )
        say(item, title=episode["title"], link=f"{address}{episode['page']}")
        say(item, guid=f"{address}{sound}")
        size = str(episode["bytes"])
        enclosure = {"url": f"{address}{sound}", "length": size, "type": "audio/mpeg"}
        ElementTree.SubElement(item, "enclosure", enclosure)
        length = ElementTree.SubElement(item, f"{{{ITUNES}}}duration")
        length.text = str(round(episode["seconds"]))
    ElementTree.indent(root)
    return ElementTree.tostring(root, "utf-8", xml_declaration=True) + b"\n"


def say(element, **texts):
    """Give an element children that hold text."""
    for name, text in texts.items():
        ElementTree.SubElement(element, name).text = text
