"""Text for the line recogniser to learn from: running official Thai, official papers, rare letters, numbers."""
