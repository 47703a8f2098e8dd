"""What the pages of the literature show: views of a review, without a page around them."""
