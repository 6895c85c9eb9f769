"""Files whose dates follow a calendar: closed days and hours, events, several frequencies; made with their truth."""
