"""Running the room: who speaks and who waits to, reminders, time boxes, the chair, and motions that are voted on."""
