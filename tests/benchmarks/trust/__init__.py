"""Do ranges hold what they promise, beside other methods and a spreadsheet's own functions: ``make bench-trust``."""
