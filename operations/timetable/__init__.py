"""What runs without a hand, and when."""
