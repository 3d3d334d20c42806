"""Handouts put together from parts that were laid out before: `sheet.composed` is the way in.

An accelerator and nothing else: what it makes has the words, the tags and the pixels of the plain
way, and whatever it is not sure of it leaves to the plain way (`doubts`).
"""
