"""What tools and files say becomes facts. Pure: text or bytes in, a partial `Machine` out.

One tool or file, one module. A parser answers with a value, leaves `None` what its source did not
say, or raises `UnreadableReport`; it does nothing else, whatever it is given.
"""
