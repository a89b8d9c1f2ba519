"""How does what people have (pages, exports) become records?"""
