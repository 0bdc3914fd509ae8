"""What runs in the process with limits. `pictures` and `films` are its two programs: each is told
a job in its first argument, does it in the folder where it starts, and says an answer."""
