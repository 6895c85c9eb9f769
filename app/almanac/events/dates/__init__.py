"""When events are: read, looked up, kept, and laid out on the periods of series."""
