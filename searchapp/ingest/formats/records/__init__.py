"""Records: articles as named fields, in JSON, tables and spreadsheets."""
