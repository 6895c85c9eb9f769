"""What follows from alerts: triggers that fire, alerts that sleep, and alerts that become events."""
