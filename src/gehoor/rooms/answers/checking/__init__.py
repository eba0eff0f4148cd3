"""At hand while a voice is read, and the check of a draft before it leaves."""
