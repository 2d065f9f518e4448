"""Links to outside institutions: looking whether they still open, by visiting public hosts only."""
