"""Views: the pages, files, feeds and embeds that browsers ask for."""
