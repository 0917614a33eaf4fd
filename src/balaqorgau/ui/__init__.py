"""What every page is made of: base templates, components, design tokens, icons, and the gallery that shows them."""
