"""Mechanism without meeting vocabulary: messages, the door, the writer, the trail, the outbox, the jobs."""
