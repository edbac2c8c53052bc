"""Numbers and words about answers: pure functions that know no database and no screen."""
