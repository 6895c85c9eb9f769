"""What Almanac notices about a file. ``registry`` lists every finding; the other modules hold their sentences."""
