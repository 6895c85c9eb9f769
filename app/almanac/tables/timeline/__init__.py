"""When each row happened: which columns hold the dates, how to read them, and their frequency."""
