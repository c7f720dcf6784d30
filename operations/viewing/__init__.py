"""What people look at: figures and lists as they are shown, narrowed to what the one who looks may see."""
