"""Seeded page pictures of Thai minutes with their truth.

A record (`schemas.Record`) is laid out on pages, drawn, and worn like a scan; every
page comes with its text, line by line and cell by cell, and where each cell stands.
The same seed gives the same record, the same pixels and the same truth.

From a record to a picture, in the order a reader meets them:

    records / data   what is printed: invented, or the public record of the seed
    style, layouts   how it is printed: columns, tables, markers, furniture
    flow, page       where every piece of text stands, in points
    draw             pixels and the truth of a page
    degrade          the scan of that page
    files            PDF, TIFF and PNG without clock or chance in them
"""
