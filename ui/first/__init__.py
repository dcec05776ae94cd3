"""The first start of a PC: which point, what is done here, and with which tools."""
