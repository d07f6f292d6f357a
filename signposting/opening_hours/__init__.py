"""When a service answers: one timetable, and everything that is generated from it."""
