"""Judges what each test leaves on the devices: what plimsoll.pytest_plugin is made of."""
