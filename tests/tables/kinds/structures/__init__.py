"""Files generated from a known truth: where the heading is, what delimits the cells, units, tables below one another."""
