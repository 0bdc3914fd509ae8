"""What a member brings along and takes away: LinkedIn's archive, in and out."""
