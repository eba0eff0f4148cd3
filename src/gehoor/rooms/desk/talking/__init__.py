"""What customers open themselves: the contact form, the chat, the one question, their own data."""
