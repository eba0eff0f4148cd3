"""What customers see: pages that rooms above register, in the organisation's own look."""
