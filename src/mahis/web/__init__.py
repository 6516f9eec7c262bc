"""What the doors share: who is asking, how a refusal is shown, the frame of every page."""
