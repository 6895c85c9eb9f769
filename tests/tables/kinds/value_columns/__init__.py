"""Generated files for the choice and the meaning of value columns, each with the right reading of it."""
