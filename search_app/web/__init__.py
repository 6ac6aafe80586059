"""Web: request context, settings, caching, headers, templates and error pages."""
