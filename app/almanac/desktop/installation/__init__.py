"""Help: does everything work on this computer?"""
