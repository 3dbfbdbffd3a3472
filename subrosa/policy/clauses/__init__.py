"""One file per chapter of the code, one function per rule; a function's name reads as the sentence of the code."""
