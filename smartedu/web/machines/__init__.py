"""What machines read: sitemaps, feeds, linked data, pictures for sharing, short links and their QR codes."""
