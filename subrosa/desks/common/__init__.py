"""What every desk shares: the base page, marginalia, the page of rulings, who is signed in, and the published code."""
