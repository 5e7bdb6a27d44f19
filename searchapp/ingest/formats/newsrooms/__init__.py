"""What newsrooms send: feeds, and the formats of agencies."""
