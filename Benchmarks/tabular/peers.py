"""The peers of the tabular benchmark, each as one conversion a process.

    peers.py openpyxl IN OUT
    peers.py flatten-tool IN OUT

openpyxl runs in its streaming modes (read_only, write_only). flatten-tool has no CSV-to-XLSX verb;
its nearest work is taken: the same rows from a JSON list to XLSX, and from XLSX to a JSON list.
"""

import csv
import sys


def number(text):
    """A canonical whole number as an int, as `haechi tabular convert` reads it."""
    if text.isascii() and text.isdigit() and len(text) <= 15 and (text == "0" or text[0] != "0"):
        return int(text)
    return text


def openpyxl_convert(source, target):
    import openpyxl

    if target.endswith(".xlsx"):
        book = openpyxl.Workbook(write_only=True)
        sheet = book.create_sheet("table")
        with open(source, newline="", encoding="utf-8") as file:
            for row in csv.reader(file):
                sheet.append([number(cell) for cell in row])
        book.save(target)
    else:
        sheet = openpyxl.load_workbook(source, read_only=True).active
        with open(target, "w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows(sheet.iter_rows(values_only=True))


def flatten_tool_convert(source, target):
    import flattentool

    if target.endswith(".xlsx"):
        flattentool.flatten(
            source, output_name=target, output_format="xlsx", root_is_list=True,
            main_sheet_name="table",
        )
    else:
        flattentool.unflatten(source, output_name=target, input_format="xlsx", root_is_list=True)


if __name__ == "__main__":
    peer, source, target = sys.argv[1:]
    {"openpyxl": openpyxl_convert, "flatten-tool": flatten_tool_convert}[peer](source, target)
