"""What other programs may fetch: published figures as JSON, and the page that says how."""

PATH = "/api"
ROOT = f"{PATH}/v1"
