"""A raw text becomes title and body; what is cut is kept with its reason."""
