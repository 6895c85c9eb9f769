"""Files generated from a known truth: headings, delimiters, units, tables below one another."""
