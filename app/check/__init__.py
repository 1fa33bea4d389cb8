"""The fact-check desk: a draft in, a verdict for each claim of it out."""
