"""Where the table is within a sheet: header, blocks, joined sheets, units."""
