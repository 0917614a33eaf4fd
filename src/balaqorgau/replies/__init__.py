"""What officers write with: their desk's own templates, their sealed drafts, and pictures that are closed by law."""
