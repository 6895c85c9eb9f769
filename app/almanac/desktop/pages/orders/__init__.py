"""Orders: how much to order of each product."""
