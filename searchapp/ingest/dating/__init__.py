"""Dates found in a text, and what is concluded from them: published, updated, said."""
