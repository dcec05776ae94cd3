"""The desktop app: pages, table models, wording; `ui.app` wires everything."""
