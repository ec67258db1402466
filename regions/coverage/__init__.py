"""Can a teacher living in a region reach the target in a subject, by a path of real runs?"""
