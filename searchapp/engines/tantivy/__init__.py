"""A generation in Tantivy's hands: for large archives."""
