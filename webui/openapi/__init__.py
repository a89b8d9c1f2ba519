"""How do programs describe the endpoint (OpenAPI 3.1)?"""

from webui.openapi.description import EVERY_PARAMETER, PROBLEMS, ROUTES, document, version
