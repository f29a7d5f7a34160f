"""Thai text as it is printed and misread: folding, numbers, times and dates. Imports no stage."""
