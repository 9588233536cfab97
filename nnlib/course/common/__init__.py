"""What chapters share: exercises and questions, a learner's function called with care, surfaces, optimizers."""
