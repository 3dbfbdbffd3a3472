"""The numbers on the help page, their hours, the day of the last test call, and who is on duty; never who calls."""
