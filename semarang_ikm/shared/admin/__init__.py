"""What every admin page of ours shares. Registers nothing."""
