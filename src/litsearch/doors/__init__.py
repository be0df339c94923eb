"""Where people and programs come in: they translate, never think."""
