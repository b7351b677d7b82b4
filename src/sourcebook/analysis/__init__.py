"""What follows from the coded claims: relations, agreement, time, law, numbers."""
