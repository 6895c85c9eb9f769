"""Real-looking tables with a known truth and random mess: kinds of trouble combined in twos and threes."""
