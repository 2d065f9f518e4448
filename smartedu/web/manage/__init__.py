"""Pages for those who run the platform."""
