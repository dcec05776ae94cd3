"""What the Department steers: offers, applications, decisions, allotment, rights, notices."""
