"""Documents: what word processors, printers and mail programs make."""
