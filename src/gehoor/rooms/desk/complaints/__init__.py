"""The register of complaints and its eight weeks."""
