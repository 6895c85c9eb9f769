"""Changes since a forecast was made, found in how far its steps were from what happened."""
