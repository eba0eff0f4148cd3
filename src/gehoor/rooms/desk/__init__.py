"""Room: the desk, where what waits for someone is answered and what was promised is kept."""
