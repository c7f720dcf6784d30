"""What each of the council's services keeps, one service a file."""
