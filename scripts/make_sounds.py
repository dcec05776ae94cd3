"""Write the three scan sounds into resources/sounds: `python -m scripts.make_sounds`."""

import math
import struct
import wave
from pathlib import Path

SOUNDS = Path(__file__).parent.parent / "resources" / "sounds"
RATE = 22_050
LOUDNESS = 0.5
FADE_S = 0.008  # at both ends of a tone, against clicks

Tone = tuple[int, float]  # hertz, seconds; 0 hertz is silence

GOOD: list[Tone] = [(1_320, 0.11)]
WARNING: list[Tone] = [(880, 0.07), (0, 0.04), (880, 0.07)]
BAD: list[Tone] = [(330, 0.09), (0, 0.03), (220, 0.16)]


def samples(tones: list[Tone]) -> list[int]:
    """Give the tones one after the other as 16-bit samples."""
    return [sample for hertz, seconds in tones for sample in _tone(hertz, seconds)]


def _tone(hertz: int, seconds: float) -> list[int]:
    count = round(seconds * RATE)
    return [round(32_767 * LOUDNESS * _swell(n, count) * _wave(hertz, n)) for n in range(count)]


def _swell(n: int, count: int) -> float:
    return min(1.0, n / (FADE_S * RATE), (count - 1 - n) / (FADE_S * RATE))


def _wave(hertz: int, n: int) -> float:
    return math.sin(2 * math.pi * hertz * n / RATE)


def write(path: Path, tones: list[Tone]) -> None:
    """Write one sound as a mono WAV file."""
    played = samples(tones)
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(struct.pack(f"<{len(played)}h", *played))


if __name__ == "__main__":
    SOUNDS.mkdir(parents=True, exist_ok=True)
    write(SOUNDS / "good.wav", GOOD)
    write(SOUNDS / "warning.wav", WARNING)
    write(SOUNDS / "bad.wav", BAD)
