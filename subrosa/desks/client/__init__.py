"""The client's pages: talk to someone, my things, our agreement; neutral on the surface."""
