"""Reading a machine: which sources it has, all asked side by side, each with a limit and an end."""
