"""Chinese: 9月5日, as one writes it by hand, not 09月05日."""

MONTH_DAY_FORMAT = "n月j日"
