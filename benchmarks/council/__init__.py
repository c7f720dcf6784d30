"""A council's documents with their labels, invented: the first draw of the project's evaluation set."""
