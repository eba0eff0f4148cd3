"""How answers go out: senders with their settings, runs that can be stopped, each delivery exactly once."""
