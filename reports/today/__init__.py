"""What is to be done on a day: whom to call and why, what turned red, what falls due."""
