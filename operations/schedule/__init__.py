"""The retention schedule applied: decisions, simulations, events, holds and classes."""
