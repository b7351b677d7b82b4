"""What every room rests on: errors, tables as files, controlled terms, schemas."""
