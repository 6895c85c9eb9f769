"""Which files the dialogs offer to open: the kinds that ``tables`` reads. Others can be chosen as well."""

SPREADSHEETS = "Spreadsheets (*.csv *.tsv *.txt *.xlsx *.xlsm *.xls *.xlsb *.ods);;All files (*)"
