"""Letters by e-mail: how is one put together, handed to the mail server, and sent once?"""
