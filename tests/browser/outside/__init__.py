"""A view and a control that nnlib does not know, in three files each: the class, its front end beside it, its test."""
