"""What a teacher has agreed that others see: progress for the head and the school owner, and plans for the head or whoever holds an address."""
