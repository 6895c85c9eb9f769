"""What value columns measure: flows, levels and running totals."""
