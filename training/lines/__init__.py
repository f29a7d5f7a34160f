"""Pictures of lines of text as the page reader will cut them out, with what they say."""
