"""Models and methods in words: what they are called, why one was used, and why it says what it says."""
