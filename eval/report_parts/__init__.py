"""What a report is made of: its content, how figures are written, the page, and the chapters of an evaluation."""
