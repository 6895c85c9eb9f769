"""Sample paths drawn from a forecast, and the probabilities of events over them."""
