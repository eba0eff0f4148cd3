"""The example organisation: Hypotheekhuis De Linde, a made-up Dutch mortgage lender, and what its customers said."""
