"""Definitions to and from what others use: XLSForm, FHIR Questionnaire, JSON Schema."""
