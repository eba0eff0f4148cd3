"""What every part may use: errors, ids, clock, language, frozen values. Standard library only."""
