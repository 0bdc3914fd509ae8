"""Benchmarks: tables of ratios measured in one run, with their spread."""
