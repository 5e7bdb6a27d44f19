"""searchapp: who said what, and when. A search engine for an archive of news articles."""

__version__ = "0.1.0"
