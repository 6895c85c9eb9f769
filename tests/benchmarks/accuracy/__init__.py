"""How accurate the bundled models are compared with other methods, on public data and on development data.

``make bench-accuracy`` runs it: the models through the program's own forecast, the others in a separate environment
(``build/peers``), all on the same series, in one run.
"""
