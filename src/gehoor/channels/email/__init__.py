"""E-mail: single messages, mbox files and maildir folders. README.md says what is read and how."""
