"""What the pages of coding show."""
