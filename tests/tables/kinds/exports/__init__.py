"""Files as portals, banks, shops and trackers export them, in layouts that people asked about in public."""
