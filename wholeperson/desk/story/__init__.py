"""One member's whole story: what each room keeps of them, as far as the reader may see it there, the newest first."""
