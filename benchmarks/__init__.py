"""How fast the whole is, beside peers that do the same work in the same run; see docs/performance.md."""
