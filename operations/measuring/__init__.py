"""How good detection is: labelled texts, blind samples, and what they come to."""
