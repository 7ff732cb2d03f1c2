"""The one search box: across the apps, so at home in the root (the words themselves: sentra.search)."""
