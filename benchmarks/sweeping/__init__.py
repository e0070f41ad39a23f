"""What the measurement of a sweep is made of: yardsticks, our own jobs and peers, each in a process of its own."""
