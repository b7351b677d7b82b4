"""The documents of a data folder."""
