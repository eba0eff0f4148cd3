"""What people are waiting for, as people named, merged and confirmed it."""
