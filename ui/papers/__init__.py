"""What labels and papers say, put together from what the store knows; one module a paper.

Papers of the programme are in Vietnamese whatever language the screen speaks. A paper about an act
is described as the act left things: what happened later does not show, what was recorded wrongly
and corrected since does. Each paper takes from people rows what its purpose needs, nothing else.
"""
