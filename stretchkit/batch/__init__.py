"""Handouts for a list of people: from a spreadsheet's rows to one whole file a row."""
