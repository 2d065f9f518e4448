"""Media: what a file is, how it becomes a stream, how it is served."""
