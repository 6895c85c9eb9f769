"""How accurate the bundled models are beside others, on public data and on development data.

``make bench-accuracy`` runs it: the models through the program's own forecast, the others in an environment of their
own (``build/peers``), all on the same series, in one run.
"""
