"""What the program answers for: the record of processing, and how it is governed."""
