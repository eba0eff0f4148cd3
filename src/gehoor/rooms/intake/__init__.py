"""Sources, uploads, the way in; the stages of the way and the worker."""
