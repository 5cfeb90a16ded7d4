// Lets a person drag the box around somebody in a photo; without it the numbers of the form do.
