"""What StretchKit knows: frozen data classes of the standard library, and nothing else."""
