"""What a document may cost. A file beyond a limit is refused with words; none of these is tuned by a user."""

MEGABYTE = 1024 * 1024

FILE_BYTES = 50 * MEGABYTE
"""Largest file that is read at all."""
TEXT_LENGTH = 2_000_000
"""Code points of text kept of one document; the rest is cut with a notice."""
PDF_PAGES = 300
"""A CV has few pages, a tender a hundred; a file beyond this is something else."""
OCR_PAGES = 20
"""Pages of a scan that are recognised; a longer scan is refused."""

ZIP_ENTRIES = 2_000
"""Parts of a DOCX, ODT or XLSX."""
ZIP_BYTES = 200 * MEGABYTE
"""Sum of the unpacked sizes within a DOCX, ODT or XLSX (photos count)."""
ZIP_RATIO = 200
"""Unpacked to packed size of a part that is read, beyond `ZIP_RATIO_FROM`: text documents reach 50, bombs 1,000."""
ZIP_RATIO_FROM = MEGABYTE
"""Parts that unpack to less than this may have any ratio."""
XML_BYTES = 16 * MEGABYTE
"""Largest unpacked XML part that is parsed: the tree takes up to 40 times as much memory."""
MARKUP_BYTES = 8 * MEGABYTE
"""Largest HTML, JSON, XML or RTF document (without RTF's pictures)."""

MEMORY_BYTES = 1_536 * MEGABYTE
"""Address space of the child process."""
CPU_SECONDS = 20
"""Processor time for one document."""
WALL_SECONDS = 30
"""Time for one document on the clock."""
OCR_SECONDS = 180
"""Time for one scan, processor and clock, where the OCR extra is installed."""
START_SECONDS = 60
"""Time in which a child has to come up."""
ANSWER_BYTES = 64 * MEGABYTE
"""Largest answer that the parent accepts from the child: a text is far below it, a sheet may reach it."""
FILES_PER_CHILD = 500
"""A child is replaced after so many documents, so that leaks and damage do not last."""
