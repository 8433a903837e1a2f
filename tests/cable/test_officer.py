"""Name and title of the classifying officer."""

import pytest

from reftel.cable.officer import kind_of_word, name_and_title


@pytest.mark.parametrize(
    ("who", "name", "title"),
    [
        ("Ambassador Hilda B. Tarn", "Hilda B. Tarn", "Ambassador"),
        ("Political Minister-Counselor Hilda Tarn", "Hilda Tarn", "Political Minister-Counselor"),
        ("Hilda B. Tarn, Acting Assistant Secretary, VCI", "Hilda B. Tarn", "Acting Assistant Secretary, VCI"),
        ("HILDA TARN", "HILDA TARN", None),
        ("Charge d'Affaires, a.i., Hilda Tarn", "Hilda Tarn", "Charge d'Affaires, a.i."),
        ("DCM J. Oscar Tarn (acting)", "J. Oscar Tarn", "DCM (acting)"),
        ("POL/ECONOFF. O.K. TARN", "O.K. TARN", "POL/ECONOFF."),
        ("AF/C - MARY BETH TARN", "MARY BETH TARN", "AF/C"),
        ("Acting DCM/Oscar Tarn", "Oscar Tarn", "Acting DCM"),
        ("Amb. Oscar van Tarn", "Oscar van Tarn", "Amb."),
        ("Ambassador Oscar Tarn, Jr.", "Oscar Tarn, Jr.", "Ambassador"),
        ("AMBASSADOR OSCAR TARN III", "OSCAR TARN III", "AMBASSADOR"),
        ("Ambassadro Hilda Tarn", "Hilda Tarn", "Ambassadro"),
        ("Special Envoy for Afghanistan Hilda Tarn", "Hilda Tarn", "Special Envoy for Afghanistan"),
        ("Ambassador Hilda Tarn, Embassy Bamako", "Hilda Tarn", "Ambassador, Embassy Bamako"),
        ("DCM William Jordan", "William Jordan", "DCM"),
        ("Ambassador Tarn", "Tarn", "Ambassador"),
        ("Tarn, Hilda, Ambassador, DOS", "Tarn, Hilda", "Ambassador, DOS"),
        ("Ambassador", None, "Ambassador"),
        ("XXXXXXXXXXXX, Ambassador", None, "XXXXXXXXXXXX, Ambassador"),
        ("", None, None),
    ],
)
def test_name_and_title(who: str, name: str | None, title: str | None) -> None:
    """The name is what is no title and no place, whichever comes first."""
    assert name_and_title(who) == (name, title)


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("Counseor", "title"),
        ("Ambbassador", "title"),
        ("EconMinCouns", "title"),
        ("POL-MIL", "title"),
        ("Webster", "name"),
        ("B.", "initial"),
        ("O.K.", "initial"),
        ("/", "break"),
    ],
)
def test_kind_of_word(word: str, kind: str) -> None:
    """A title is known with one slip in it, and with its short words run together."""
    assert kind_of_word(word) == kind
