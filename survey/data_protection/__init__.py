"""The papers that a data protection officer needs, made from how the installation is set."""
