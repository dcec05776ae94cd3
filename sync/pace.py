"""How much goes over the line at once: more while answers are quick, half after a failure."""

QUICK_S, SLOW_S = 3.0, 10.0


class Pace:
    """Begins in the middle, and stays below what once was too much."""

    def __init__(self, begin: int, most: int) -> None:
        self.size = min(begin, most)
        self._most = most

    def went(self, size: int, took_s: float) -> None:
        """So many passed; a small rest at the end says nothing of the line."""
        if took_s > SLOW_S:
            self.size = max(1, size // 2)
        elif took_s < QUICK_S and size >= self.size:
            self.size = min(self._most, 2 * self.size)

    def failed(self, size: int) -> None:
        """So many did not pass this time; what is lost next time shall be less."""
        self.size = max(1, size // 2)

    def too_much(self, size: int) -> None:
        """So many do not pass here at all: it is not tried again."""
        self._most = self.size = max(1, size // 2)
