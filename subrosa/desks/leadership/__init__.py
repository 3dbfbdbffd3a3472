"""Leadership: figures and packets to come; this page says what the role will see and never see."""
