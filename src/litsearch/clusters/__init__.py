"""Other machines that the stages of a build run on, behind one socket."""
