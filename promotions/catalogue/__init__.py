"""The promotional catalogue of a selection of products: what stands in it, where, and how it becomes a PDF."""
