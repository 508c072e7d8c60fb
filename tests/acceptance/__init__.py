"""One transfer's day, told once and lived on each platform."""
