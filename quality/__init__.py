"""How right ingest is, on data that lies beside the project, against pinned floors; see docs/ingest.md."""
