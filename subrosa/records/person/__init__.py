"""Staff, clients as pseudonyms, and their ways in; never what anybody said."""
