"""A model that is not signed is first tried in a process of its own, with limits of memory and time."""
