"""The HTTP service, the assistant protocol and the web page."""
