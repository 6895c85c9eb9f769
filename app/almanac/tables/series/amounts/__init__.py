"""Value columns as numbers: which are forecast, decimal signs, money in and out, and numbers that mean missing."""
