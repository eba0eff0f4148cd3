"""Many people who sent one text: one line in the list, one answer, and an eye for what each added of their own."""
