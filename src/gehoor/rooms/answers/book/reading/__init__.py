"""Files with questions and answers, read: tables, Markdown, and pages of HTML."""
