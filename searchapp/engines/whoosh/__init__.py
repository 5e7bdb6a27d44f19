"""A generation in Whoosh's hands: for small archives."""
