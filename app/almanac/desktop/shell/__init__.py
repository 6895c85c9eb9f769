"""The frame around the pages: sidebar, page base, window geometry, recent files, shutdown."""
