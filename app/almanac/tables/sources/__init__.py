"""Files as bytes: formats, encodings, delimiters, workbooks and their limits."""
