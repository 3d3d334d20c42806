"""What templates get to see: one typed class a page, every text ready in the page's language.

Texts that may hold Markdown are named so in the docstrings; templates print them with the filters
`prose` (blocks) and `inline` (one line).
"""
