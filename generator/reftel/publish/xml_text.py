"""Text in XML. The standard library's `xml.sax.saxutils` does the same, and loads half of its network code with it."""


def escaped(value: str) -> str:
    """As the text of an element."""
    if value.isalnum():  # MRNs, TAGS
        return value
    value = value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return value.replace('"', "&#34;").replace("'", "&#39;")


def quoted(value: str) -> str:
    """As the value of an attribute, quotes included; ends of lines are kept as they are."""
    attribute = f'"{escaped(value)}"'
    if value.isprintable():
        return attribute
    return attribute.replace("\n", "&#10;").replace("\r", "&#13;").replace("\t", "&#9;")
