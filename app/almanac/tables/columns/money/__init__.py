"""Money in and out: in two columns, with marks next to the amounts, or with signs that a balance follows."""
