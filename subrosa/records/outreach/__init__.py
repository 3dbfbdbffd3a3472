"""What reaches the center from outside the hour: who asked, worry slips, cries; never whether anybody comes."""
