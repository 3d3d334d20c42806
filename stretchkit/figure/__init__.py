"""Drawing a person from a pose."""
