"""Who speaks in an article, and what each said."""
