"""Words that every slice shares: pure values, no database, no clock, no network."""
