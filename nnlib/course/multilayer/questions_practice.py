"""Multiple-choice questions on practice, each with an answer to every option."""

from nnlib.course.quiz import question

__all__ = ["which_alike", "which_test"]

which_alike = question(
    "Sixteen hidden units begin with equal weights, drawn at random once for all. How many does the network have "
    "after training, as far as its answers are concerned?",
    "one",
    {
        "sixteen": "Equal units get equal gradients, so after the first step they are equal again, and after each "
        "step that follows.",
        "one": "Equal units get equal gradients and remain copies of each other. Sixteen copies, added up, are one "
        "unit with sixteen times the weight.",
        "it depends on the learning rate": "A larger rate moves all sixteen further, and all to the same place.",
        "none: its gradient is 0": "It would be if the weights out of them were 0. But equal is not 0: they learn, all "
        "the same thing.",
    },
)

which_test = question(
    "You have tried 30 settings, and kept the one with the best accuracy on the test images, 98 %. What accuracy do "
    "you expect on new images?",
    "rather less than 98 %",
    {
        "98 %: it was measured on images that it was not trained on": "The network was not trained on them. But you "
        "have chosen by them, and the choice favours what happens to suit these images.",
        "rather less than 98 %": "The best of 30 has been lucky, too. That is why a validation set decides, and a "
        "test set is opened once.",
        "more, since it has learned from 30 trainings": "Each training began anew; only you have learned from them.",
    },
)
