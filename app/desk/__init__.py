"""The editors' fact-check desk beyond the verdicts: a checked draft with decisions and notes, its exports, saved drafts."""
