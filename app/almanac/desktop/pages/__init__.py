"""The stations of the window, one module or package each."""
