"""The meaning of a phrase: dates, quantities, places in law, numbers in words."""
