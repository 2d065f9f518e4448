"""The sheets of a lesson - courseware, teaching design, task sheet, exercises - typeset as accessible PDF files.

Every sheet conforms to PDF/UA-1: it is tagged, has a title and a language, and no character without a glyph.
"""

from smartedu.demo.sheets.press import make_sheet

__all__ = ["make_sheet"]
