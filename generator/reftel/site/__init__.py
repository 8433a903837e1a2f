"""Decide and render: where each page stands, what it says, and how it gets written."""
