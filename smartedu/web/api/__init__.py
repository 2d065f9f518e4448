"""The catalogue for machines: read-only, without accounts, the same answers for everybody."""
