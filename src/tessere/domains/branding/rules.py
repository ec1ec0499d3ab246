# Telephones cut what is longer under an icon of their home screen.
LONGEST_SHORT_NAME = 12


def short_name_of(name: str) -> str:
    """What of a programme's name fits under an icon: its first words, whole if one does."""
    short = ""
    for word in name.split():
        longer = f"{short} {word}".strip()
        if len(longer) > LONGEST_SHORT_NAME:
            break
        short = longer
    return short or name.strip()[:LONGEST_SHORT_NAME]
