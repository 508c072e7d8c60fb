"""Web pages: minutes and other documents for people whom the bot gave a link."""

from adapters.pages.routes import page_routes as page_routes
