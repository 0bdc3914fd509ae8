"""Every statement over invitations, one file a topic."""
