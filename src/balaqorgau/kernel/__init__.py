"""What every room stands on: time, identifiers and signers. No models, no framework."""
