"""A model that is not signed is first tried in a separate process, with limits of memory and time."""
