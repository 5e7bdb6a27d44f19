"""An index in a folder: generations, one of them published, in the hands of Whoosh or Tantivy."""
