"""May this be done, by whom, and why: the code of ethics as plain Python that an ethics committee can read."""
