"""Plans' files, spreadsheets and text with columns: read, checked, marked, written and made up by layouts as data.

``layouts`` makes layouts of documents, ``checking`` reads a file against one, ``writing`` writes records as one.
Nothing here knows where a layout lies, what day it is or whom a record is about: whoever opens the file says so.
"""
