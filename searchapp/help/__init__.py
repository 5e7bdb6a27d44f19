"""Help at the moment of need: what may be meant, and what may be typed."""
