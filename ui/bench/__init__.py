"""Kiểm tra – sửa chữa: the board of devices in work, and the counted parts."""
