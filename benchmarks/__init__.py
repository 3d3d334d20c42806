"""How fast StretchKit is, beside plain scripts that do the same work without its care.

    python -m benchmarks [NAME ...] [--quick] [--runs N] [--exercises N] [--json FILE]

Every run of StretchKit is followed by a run of its naive baseline, so that whatever else the
machine is doing slows both. Nothing passes or fails: the numbers are for people to compare.
"""
