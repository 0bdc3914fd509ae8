"""The routes of messaging."""

from entregent.kit.routes import Routes

routes = Routes("messaging")
