"""Tables in which time runs across: found, and made long."""
