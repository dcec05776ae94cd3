"""An invented point to look at and to train on: its people, its devices and what became of them."""
