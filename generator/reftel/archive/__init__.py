"""Relate the cables: a catalogue of light entries, and the frozen `Archive` that answers about them."""
