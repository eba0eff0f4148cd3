"""The screens of promises."""
