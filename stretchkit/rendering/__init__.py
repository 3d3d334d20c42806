"""From a handout or a library to bytes. Rendering is pure; `output` alone writes to disk."""
