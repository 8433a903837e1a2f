"""What each template sees: one documented Struct of plain values per kind of page.

Templates hold no logic beyond `if` and `for`; whatever has to be decided is decided in Python and stands here. Every
`href` is relative to the page it stands on and names its file. A value of type `Markup` is finished HTML, everything
else is text that the template escapes.
"""

from reftel.site.contexts.browse import (
    Bar,
    DirectoryGroup,
    DirectoryPage,
    HomePage,
    HubPage,
    ListingPage,
    MissingCable,
    MissingPage,
    NotFoundPage,
    ProsePage,
    SearchPage,
    TimelineDay,
    TimelinePage,
    TimelineRow,
)
from reftel.site.contexts.cables import CablePage, RawPage, ThreadCable, ThreadPage
from reftel.site.contexts.parts import (
    AddresseeRow,
    BlockView,
    CableCard,
    Field,
    Frame,
    Gap,
    HeadLink,
    Link,
    MetaTag,
)

__all__ = [
    "AddresseeRow",
    "Bar",
    "BlockView",
    "CableCard",
    "CablePage",
    "DirectoryGroup",
    "DirectoryPage",
    "Field",
    "Frame",
    "Gap",
    "HeadLink",
    "HomePage",
    "HubPage",
    "Link",
    "ListingPage",
    "MetaTag",
    "MissingCable",
    "MissingPage",
    "NotFoundPage",
    "ProsePage",
    "RawPage",
    "SearchPage",
    "ThreadCable",
    "ThreadPage",
    "TimelineDay",
    "TimelinePage",
    "TimelineRow",
]
