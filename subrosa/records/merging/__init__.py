"""Two clients who turn out to be one student: put together after being asked, and taken apart on the same day."""
