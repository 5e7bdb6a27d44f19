"""What a search is called, and how its answer is put: used by the site and the command line alike."""
