"""The line recogniser: net, training, export to ONNX, evaluation. Needs the `train` extra (torch)."""
