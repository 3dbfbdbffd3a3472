"""Case keys and everybody's key pairs, wrapped per holder; the only room that opens crypto."""
