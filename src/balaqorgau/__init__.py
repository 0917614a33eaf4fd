"""Balaqorgau: a child's voice reaches those who protect children, sealed and witnessed."""

__version__ = "0.2.0"
