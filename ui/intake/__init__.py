"""Tiếp nhận: a donor, what they bring, what is not taken in, what is printed."""
