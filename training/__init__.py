"""What makes the reader: page pictures with known text, and later the recogniser trained on them."""
