"""From the text of one content file to a model object, with every fault at its line and column."""
