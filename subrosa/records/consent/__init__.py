"""The agreement's versions, and each client's dated answer."""
