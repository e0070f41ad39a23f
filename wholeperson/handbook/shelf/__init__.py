"""What editors keep on the shelf: bulletins, the learning series, questions and answers, and whom to ask."""
