"""Everything that Tandem says, as files that a company may override."""
