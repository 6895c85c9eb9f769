"""Trust: how far a forecast can be relied on, in four views."""
