"""A cable as another names it, and which cable that is: above all, of which year.

A reference mostly prints no year. It is the citing cable's then, or the year before when the serial is above the
citing cable's own at the same post: 08BRASILIA43 cites `BRASILIA 1664`. What cannot be decided is left open, with the
reason.
"""

from functools import lru_cache

import msgspec

from reftel.cable.mrn import canonical_mrn, split
from reftel.cable.mrn import mrn as make_mrn
from reftel.cable.posts import POSTS, Posts, four_digits

LAST_YEAR = 2029
"""No two-digit year is later, where the citing cable's is not known."""


class Cited(msgspec.Struct, frozen=True, gc=False):
    """A cable as it is named: the year as printed ("05", "2005", or None), the post, the serial."""

    year: str | None
    post: str
    serial: int
    start: int
    end: int


class Citing(msgspec.Struct, frozen=True, gc=False):
    """The cable that cites: its year (2007), post and serial."""

    year: int
    post: str
    serial: int


@lru_cache(maxsize=4)
def citing(mrn: str | None, posts: Posts = POSTS) -> Citing | None:
    """The parts of the citing cable's MRN. Kept, for the REF line and the prose both ask for them."""
    if not mrn or not (own := canonical_mrn(mrn, None, posts)):
        return None
    year, post, serial = split(own)
    return Citing(four_digits(year), post, serial)


def decided(cited: Cited, own: Citing | None, posts: Posts = POSTS) -> tuple[str | None, str | None]:
    """The MRN of what is cited, or why there is none. `own` is the citing cable, None where its MRN is not known."""
    year = four_digits(cited.year) if cited.year else None
    if own is None:
        return (
            (make_mrn(str(year), cited.post, cited.serial, posts), None) if year else (None, "the year is not printed")
        )
    same_post = posts.in_series(cited.post, own.year, cited.serial) == own.post
    if same_post and cited.serial == own.serial and year in (None, own.year):
        return None, "names this cable itself"
    if year is None:
        year = own.year - (same_post and cited.serial > own.serial)
    if year > own.year:
        return None, "its year is later than the cable's own"
    return make_mrn(str(year), cited.post, cited.serial, posts), None
