"""The seams: what the product needs from the machine, each chosen by one URL."""
