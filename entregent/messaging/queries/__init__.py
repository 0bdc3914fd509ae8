"""Every statement of messaging: `rows` over mailboxes, `search` over the search index."""
