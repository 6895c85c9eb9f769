"""What every other package builds on: series, frequencies, problems, jobs and paths."""
