"""Functions on strings: normalise them, split them, compare them, find quotes in them."""
