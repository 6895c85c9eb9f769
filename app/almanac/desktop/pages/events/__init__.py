"""Events: what a person knows of closed days, sales and holidays, and the model cannot."""
