"""What the calendar says about rows and gaps: closed periods, events, strays, several frequencies."""
