"""What an office asks for, a function each: values in, frozen values out.

Opens the store, loads the rules and chooses how an audit is read. Knows no command line, no web, no
clock and no screen: the day, who is asking and why are handed in.
"""
