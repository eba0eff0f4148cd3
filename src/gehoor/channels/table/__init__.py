"""Reads any table (CSV, XLSX, JSON and their kin), for every channel."""
