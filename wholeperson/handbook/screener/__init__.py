"""What is going on? Plain questions that end in what may fit and how to ask for it."""
