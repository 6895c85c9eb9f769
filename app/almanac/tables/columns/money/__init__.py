"""Money in and out: in two columns, or with marks next to the amounts."""
