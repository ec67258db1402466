"""Reading a catalogue that somebody else wrote: from the bytes of a file to what its rows say, and no further.

Pure: neither Flask nor a database. What is not understood stays as the text it was; nothing is made up.
"""
