"""How a file was read, saved as a record or remembered for the next file of the same shape."""
