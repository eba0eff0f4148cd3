"""Answers: one question, one answer; whether given answers agree, and what a draft would contradict."""
