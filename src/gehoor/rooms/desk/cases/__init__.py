"""What waits for someone: its state, who has it, what was done."""
