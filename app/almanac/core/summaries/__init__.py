"""What is said of a series as a whole: its usual level, and how many decimals its values have."""
