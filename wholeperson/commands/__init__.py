"""The command line: one file a command, argparse, and nothing imported before it is needed."""
