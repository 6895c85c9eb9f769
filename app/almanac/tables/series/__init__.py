"""A Plan and its columns become a SeriesSet on a regular grid."""
