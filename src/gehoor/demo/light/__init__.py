"""The light channels of the example, as they really come: exports, saved pages and an archived one."""
