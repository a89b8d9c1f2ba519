"""How does what people have (pages, exports) become records? The room of the sources."""
