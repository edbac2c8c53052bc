"""The plain form: the walk drawn as HTML that works on any phone, without scripts."""
