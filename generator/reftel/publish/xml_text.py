"""Text in XML. The standard library's `xml.sax.saxutils` does the same, and loads half of its network code with it."""

from html import escape


def escaped(value: str) -> str:
    """As the text of an element."""
    return escape(value, quote=False)


def quoted(value: str) -> str:
    """As the value of an attribute, quotes included; ends of lines are kept as they are."""
    return f'"{escape(value)}"'.replace("\n", "&#10;").replace("\r", "&#13;").replace("\t", "&#9;")
