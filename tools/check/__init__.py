"""What measures the finished site, and finds the programs that checks need."""
