"""Who said what: from the sentences of a body to its statements and their speakers."""
