"""What pages say of acts, rules, files and callers, in plain words; each is translated where it is shown."""
