"""How good a model is: on development data while it is made, on the public benchmark once it is finished."""
