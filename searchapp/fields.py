"""What an archive can be asked about: fields, facets, views, orders."""

from typing import Literal, get_args

View = Literal["articles", "statements"]
Match = Literal["all", "any"]
Sort = Literal["relevance", "newest", "oldest"]
Facet = Literal["speaker", "source", "place", "year"]
VIEWS: tuple[View, ...] = get_args(View)
FACETS: tuple[Facet, ...] = ("speaker", "source", "place", "year")
TextField = Literal["text", "title", "body", "said"]  # "text": title and body as one combined field
NameField = Literal["speaker", "source", "place"]
ValueField = Literal["speaker", "source", "place", "year"]
