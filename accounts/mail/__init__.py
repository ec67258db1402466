"""What people are told by e-mail: an outbox written with each message, sent by the tick, chosen by the person."""
