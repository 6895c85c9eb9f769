"""The printable report (PDF)."""
