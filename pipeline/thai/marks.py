"""Thai characters that take no room of their own: they stand above or below a letter."""

VOWEL_MARKS = "ัิีึืฺุู"
TONE_MARKS = "่้๊๋์็ํ"  # with ์, ็ and ํ: what readers lose first
MARKS = VOWEL_MARKS + TONE_MARKS
