"""Parts of a large text file as arrays: where its cells are, which texts they hold, and plain numbers."""
