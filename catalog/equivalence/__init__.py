"""Which modules are the same content under other names: told by their institutions, so that nothing is counted or asked for twice."""
