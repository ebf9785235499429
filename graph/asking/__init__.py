"""The questions, once: logic over a few reading primitives that each back end supplies."""
