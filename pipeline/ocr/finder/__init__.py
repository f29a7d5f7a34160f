"""Line finding made for Thai: a page picture → pieces of text lines for a line recogniser.

In the order a page goes through them:

    binarise     ink, whatever the paper
    components   connected pieces of it, and the height of the letters
    furniture    crests, stamps, streaks, holes and shadows are set aside
    bodies       where letters stand, without marks; ink that runs together is cut
    chains       bodies linked along their lines
    flow         how the lines of a warped page run
    strands      chains with baseline and letter height; marks, dots and dashes join them
    rows         strands beside each other, cut at wide gaps and table rules
    crop         a piece straightened for the recogniser
"""

from pipeline.ocr.finder.crop import Crop, crop
from pipeline.ocr.finder.find import find_pieces
from pipeline.ocr.finder.piece import Piece

__all__ = ["Crop", "Piece", "crop", "find_pieces"]
