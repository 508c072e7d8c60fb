"""Reading what is said in the room: a line of chat becomes what it proposes, by rules that name themselves."""
