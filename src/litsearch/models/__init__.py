"""Everything that holds weights."""

import os

# onnxruntime else writes a device id into the home folder and reports on models and machine to its
# makers (since 1.29).
os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # read when it is first imported
