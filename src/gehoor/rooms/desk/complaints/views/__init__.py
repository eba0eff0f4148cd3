"""The screens of the register of complaints."""
