"""How far each bundled model is from the best possible on simulated kinds of series: ``make bench-kinds``."""
