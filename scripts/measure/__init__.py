"""Measurements that anyone can repeat: scripts/run NAME, and scripts/bench for those that the
documents show.
"""
