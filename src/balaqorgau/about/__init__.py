"""Who runs it, on what basis, what happens to data, how accessible it is: pages from the pack, in every language."""
